package care.outcomes.streams.feed;

import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/** What changes in the counts of feeds. Mutable while it is gathered; days that come to nothing are left out. */
public final class FeedChange {

    private static final Comparator<FeedDay> ORDER = Comparator.comparing(FeedDay::networkId)
            .thenComparing(FeedDay::clinicId)
            .thenComparingInt(FeedDay::day);

    private final SortedMap<FeedDay, FeedCounts> byDay = new TreeMap<>(ORDER);

    public FeedChange add(FeedDay day, FeedCounts counts) {
        return put(day, byDay.getOrDefault(day, FeedCounts.ZERO).plus(counts));
    }

    public FeedChange subtract(FeedDay day, FeedCounts counts) {
        return put(day, byDay.getOrDefault(day, FeedCounts.ZERO).minus(counts));
    }

    public FeedChange addAll(FeedChange other) {
        other.byDay.forEach(this::add);
        return this;
    }

    private FeedChange put(FeedDay day, FeedCounts sum) {
        if (sum.equals(FeedCounts.ZERO)) {
            byDay.remove(day);
        } else {
            byDay.put(day, sum);
        }
        return this;
    }

    /** The differences, in order. */
    public SortedMap<FeedDay, FeedCounts> byDay() {
        return byDay;
    }
}
