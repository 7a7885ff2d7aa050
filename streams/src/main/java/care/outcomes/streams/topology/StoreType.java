package care.outcomes.streams.topology;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Where stores keep what they hold; all but those that follow from others log their changes, each to a topic of its own. */
enum StoreType {
    /** On disk, in RocksDB. */
    DISK {
        @Override
        KeyValueBytesStoreSupplier supplier(String name) {
            return Stores.persistentKeyValueStore(name);
        }
    },
    /** On the heap. */
    MEMORY {
        @Override
        KeyValueBytesStoreSupplier supplier(String name) {
            return Stores.inMemoryKeyValueStore(name);
        }
    };

    abstract KeyValueBytesStoreSupplier supplier(String name);

    /** A store that writes each key at most once per commit. */
    <K, V> StoreBuilder<KeyValueStore<K, V>> store(String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(supplier(name), keys, values).withCachingEnabled();
    }

    /**
     * A store that holds little at any time, such as what waits to be sent. It is on the heap: to open a database for each
     * task takes longer than to read it back, and all tasks of a thread share the time of one transaction.
     */
    static <K, V> StoreBuilder<KeyValueStore<K, V>> small(String name, Serde<K> keys, Serde<V> values) {
        return MEMORY.store(name, keys, values);
    }

    /** A store on the heap of what follows from other stores, and is filled anew from these whenever a task begins. */
    static <K, V> StoreBuilder<KeyValueStore<K, V>> derived(String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(MEMORY.supplier(name), keys, values).withLoggingDisabled();
    }
}
