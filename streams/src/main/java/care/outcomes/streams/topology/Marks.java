package care.outcomes.streams.topology;

import org.apache.kafka.streams.state.KeyValueStore;

/** Numbers that a task keeps about itself; they commit with its state, so they count exactly. */
final class Marks {

    /** The horizon as far as results were read, epoch milliseconds. */
    static final String HORIZON = "horizon";

    /** The rules that all patients were derived under, as a number. */
    static final String RULESET = "ruleset";

    /** Where the walk of a task stands, seen from those after it: the rules of all it holds. */
    static final String WALKED = "walked-";

    /** The rules that published rows are under, as a number; see {@link RulesInForce}. */
    static final String IN_FORCE = "in-force";

    /**
     * What is being published again because other rules are in force: 1 periods, 2 cohorts, 3 what the shareable tier is
     * told, 0 nothing.
     */
    static final String AGAIN = "again";

    /** Differences sent to the totals, which count those added; and leaves sent on to the shareable tier, likewise. */
    static final String SENT = "sent";

    static final String ADDED = "added";

    /** Differences of measure sums sent to their totals. */
    static final String MEASURES_SENT = "measures-sent";

    /** Differences of feeds sent by patient tasks; other counts of them stand in stores of their own. */
    static final String FEEDS_SENT = "feeds-sent";

    /** Signals sent to the tasks of clinics' own alerts. */
    static final String CLINICS_SENT = "clinics-sent";

    /** Facts sent to the key or partition they belong to, and facts that came that way. */
    static final String STRAYED = "strayed";

    static final String RETURNED = "returned";

    /** Whether references were looked for since the last difference came: 1 or 0. */
    static final String COMPARED = "compared";

    /** References that rows, or patients, were compared with. */
    static final String SEEN = "seen";

    private final KeyValueStore<String, Long> store;

    Marks(KeyValueStore<String, Long> store) {
        this.store = store;
    }

    /**
     * A ruleset as a number.
     *
     * @param ruleset hexadecimal digits, at most 15
     */
    static long number(String ruleset) {
        return Long.parseLong(ruleset, 16);
    }

    long get(String name) {
        Long value = store.get(name);
        return value == null ? 0 : value;
    }

    void set(String name, long value) {
        store.put(name, value);
    }

    /** Sets it unless it is so already: what is looked at often need not be written often. */
    void put(String name, long value) {
        if (get(name) != value) {
            set(name, value);
        }
    }

    void count(String name, long more) {
        set(name, get(name) + more);
    }
}
