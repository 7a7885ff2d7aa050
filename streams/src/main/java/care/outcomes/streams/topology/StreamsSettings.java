package care.outcomes.streams.topology;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsConfig;

/** Settings of Kafka Streams. */
final class StreamsSettings {

    /** Of each stage. */
    private static final long CACHE_BYTES = 24L << 20;

    /**
     * How long a transaction may take. One covers all tasks of a thread, and while tasks come back after a crash on a busy
     * machine, stores are opened within it: with the default of 10 s it was over before it was committed, all tasks began
     * anew, and so on without end. A worker that comes back with its folder ends its own transaction at once.
     */
    private static final int TRANSACTION_MILLIS = 60_000;

    /**
     * How much of one partition is taken at a time. While much is to come, all partitions take turns; with the default of a
     * megabyte a turn was thousands of facts, and what had been computed waited for minutes to be added up.
     */
    private static final int TURN_BYTES = 64 << 10;

    /**
     * How long a producer waits before it tries again. Right after a commit the broker still completes the transaction
     * before, and refuses what belongs to the next: with the default of 100 ms each commit made the next one wait for at
     * least that.
     */
    private static final int RETRY_MILLIS = 5;

    /** How long a thread for which nothing comes in waits before it looks at what is due. */
    private static final int POLL_MILLIS = 20;

    private StreamsSettings() {}

    static Map<String, Object> of(WorkerConfig config, Stage stage, Serializer<SpecificRecord> serializer) {
        String client = config.instanceId() + "-" + stage.label();
        Map<String, Object> settings = new HashMap<>(stage.settings());
        settings.put(StreamsConfig.TASK_ASSIGNOR_CLASS_CONFIG, StagedAssignor.class.getName());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
        settings.put(StreamsConfig.CLIENT_ID_CONFIG, config.applicationId() + "-" + client);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put(
                StreamsConfig.STATE_DIR_CONFIG,
                config.stateDir().resolve(stage.label()).toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, stage.threads(config.threads()));

        // At-least-once is not offered: differences must be added exactly once.
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 500);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocks.class);
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
        // No task waits for one topic to go on with another: the order in which facts come decides nothing.
        settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);

        // The newer protocol cannot change a topology yet. With a name of its own a worker that was killed comes back
        // at once, where it would else wait for its old self to expire.
        settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, client);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 3_000);

        // Of several batches on their way to a partition that is new to a transaction, the broker takes the first late
        // and refuses the rest as out of order; each costs a retry. One at a time is faster.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);

        settings.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), RETRY_MILLIS);

        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), TURN_BYTES);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_MILLIS);

        // What would be pushed to the broker is remembered for each metric of each store, a quarter of what lives on
        // the heap.
        settings.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);

        settings.put(StreamsConfig.POLL_MS_CONFIG, POLL_MILLIS);
        settings.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.OPTIMIZE);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);

        settings.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, UndecodableHandler.class);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, ProcessingHandler.class);
        settings.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, ProductionHandler.class);
        // Its constant is deprecated already: the next major version has it always on, and this one warns without it.
        settings.put("processing.exception.handler.global.enabled", true);
        settings.put(SetAside.SERIALIZER, serializer);
        return settings;
    }
}
