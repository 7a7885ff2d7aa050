package care.outcomes.deploy.output;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts while they are being counted. */
final class Tally {
    private long applied;
    private long duplicate;
    private long superseded;
    private final SortedMap<String, Long> ignored = new TreeMap<>();
    private final SortedMap<String, Long> rejected = new TreeMap<>();

    void applied(long records) {
        applied += records;
    }

    void duplicate(long records) {
        duplicate += records;
    }

    void superseded(long records) {
        superseded += records;
    }

    void ignored(String reason, long records) {
        ignored.merge(reason, records, Long::sum);
    }

    void rejected(String reason, long records) {
        rejected.merge(reason, records, Long::sum);
    }

    Counts counts() {
        long read = applied + duplicate + superseded + sum(ignored) + sum(rejected);
        return new Counts(read, applied, duplicate, superseded, ignored, rejected);
    }

    private static long sum(Map<String, Long> byReason) {
        return byReason.values().stream().mapToLong(Long::longValue).sum();
    }
}
