package care.outcomes.deploy.output;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of a number of source records. {@code applied + duplicate + superseded} and the sums of {@code ignored}
 * and {@code rejected} add up to {@code read}.
 *
 * @param ignored understood but of no use here, by reason
 * @param rejected could not be used, by reason
 */
public record Counts(
        long read,
        long applied,
        long duplicate,
        long superseded,
        SortedMap<String, Long> ignored,
        SortedMap<String, Long> rejected) {

    public static final Counts NONE = new Counts(0, 0, 0, 0, new TreeMap<>(), new TreeMap<>());

    public Counts {
        ignored = Collections.unmodifiableSortedMap(new TreeMap<>(ignored));
        rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
        long settled = applied + duplicate + superseded + sum(ignored) + sum(rejected);
        if (settled != read) {
            throw new IllegalArgumentException(settled + " records settled of " + read + " read");
        }
    }

    public Counts plus(Counts other) {
        return new Counts(
                read + other.read,
                applied + other.applied,
                duplicate + other.duplicate,
                superseded + other.superseded,
                sum(ignored, other.ignored),
                sum(rejected, other.rejected));
    }

    private static long sum(SortedMap<String, Long> byReason) {
        return byReason.values().stream().mapToLong(Long::longValue).sum();
    }

    private static SortedMap<String, Long> sum(SortedMap<String, Long> a, SortedMap<String, Long> b) {
        SortedMap<String, Long> both = new TreeMap<>(a);
        b.forEach((reason, count) -> both.merge(reason, count, Long::sum));
        return both;
    }
}
