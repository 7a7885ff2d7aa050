package care.outcomes.streams.topology;

import org.apache.kafka.streams.state.KeyValueStore;

/** Numbers that a task keeps about itself; they commit with its state, so they count exactly. */
final class Marks {

    /** The horizon as far as results were read, epoch milliseconds. */
    static final String HORIZON = "horizon";

    /** The rules that all patients were derived under, as a number. */
    static final String RULESET = "ruleset";

    /** Differences sent to the totals; the totals count those added. */
    static final String SENT = "sent";

    static final String ADDED = "added";

    /** Facts sent to the partition they belong on, and facts that came that way. */
    static final String STRAYED = "strayed";

    static final String RETURNED = "returned";

    private final KeyValueStore<String, Long> store;

    Marks(KeyValueStore<String, Long> store) {
        this.store = store;
    }

    long get(String name) {
        Long value = store.get(name);
        return value == null ? 0 : value;
    }

    void set(String name, long value) {
        store.put(name, value);
    }

    void count(String name, long more) {
        set(name, get(name) + more);
    }
}
