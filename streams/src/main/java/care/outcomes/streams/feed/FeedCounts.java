package care.outcomes.streams.feed;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts of one {@link FeedDay}, or a difference of counts. Addition commutes; the two latest instants, which only ever
 * grow, join by their maximum, so a difference cannot take them back.
 *
 * @param applied records whose fact counts
 * @param duplicate records that say again what another said
 * @param superseded records that gave way to another version, or lost a conflict
 * @param ignored understood but of no use here, by reason
 * @param rejected could not be used, by reason
 * @param heard facts heard of for the first time, where it is known when
 * @param late of those, heard of long after they took place
 * @param delay sum of the time from taking place to arrival of those, milliseconds
 * @param visits days of a patient with a visit or a dose
 * @param scored of those, with a score on the day or close to it
 * @param courses courses begun
 * @param baselined of those, with a baseline under some instrument
 * @param alerts how alerts served, by rule
 * @param watchDays days under watch of courses begun on the day, but for those still counted
 * @param watchOpen of those courses, the ones still counted
 * @param latestOccurred latest time at which anything recorded took place, epoch milliseconds; {@link Long#MIN_VALUE}: none
 * @param latestArrival latest arrival, epoch milliseconds; {@link Long#MIN_VALUE}: not known
 */
public record FeedCounts(
        long applied,
        long duplicate,
        long superseded,
        SortedMap<String, Long> ignored,
        SortedMap<String, Long> rejected,
        long heard,
        long late,
        long delay,
        long visits,
        long scored,
        long courses,
        long baselined,
        SortedMap<String, AlertFigures> alerts,
        long watchDays,
        long watchOpen,
        long latestOccurred,
        long latestArrival) {

    private static final SortedMap<String, Long> NONE = Collections.emptySortedMap();
    private static final SortedMap<String, AlertFigures> NO_ALERTS = Collections.emptySortedMap();

    /** Nothing counted. */
    public static final FeedCounts ZERO = records(0, 0, 0);

    public FeedCounts {
        ignored = Collections.unmodifiableSortedMap(ignored);
        rejected = Collections.unmodifiableSortedMap(rejected);
        alerts = Collections.unmodifiableSortedMap(alerts);
    }

    private static FeedCounts records(long applied, long duplicate, long superseded) {
        return of(applied, duplicate, superseded, NONE, NONE);
    }

    private static FeedCounts of(
            long applied,
            long duplicate,
            long superseded,
            SortedMap<String, Long> ignored,
            SortedMap<String, Long> rejected) {
        return new FeedCounts(
                applied,
                duplicate,
                superseded,
                ignored,
                rejected,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                NO_ALERTS,
                0,
                0,
                Long.MIN_VALUE,
                Long.MIN_VALUE);
    }

    private static FeedCounts completeness(long visits, long scored, long courses, long baselined) {
        return new FeedCounts(
                0,
                0,
                0,
                NONE,
                NONE,
                0,
                0,
                0,
                visits,
                scored,
                courses,
                baselined,
                NO_ALERTS,
                0,
                0,
                Long.MIN_VALUE,
                Long.MIN_VALUE);
    }

    /** So many records in use, or fewer. */
    public static FeedCounts applied(long records) {
        return records(records, 0, 0);
    }

    /** So many repeats. */
    public static FeedCounts duplicate(long records) {
        return records(0, records, 0);
    }

    /** So many records that gave way. */
    public static FeedCounts superseded(long records) {
        return records(0, 0, records);
    }

    /** One record that could not be used. */
    public static FeedCounts rejected(String reason) {
        return unusable(NONE, new TreeMap<>(Map.of(reason, 1L)));
    }

    /** One record that was of no use. */
    public static FeedCounts ignored(String reason) {
        return unusable(new TreeMap<>(Map.of(reason, 1L)), NONE);
    }

    /** Records that gave no fact, by reason. */
    public static FeedCounts unusable(SortedMap<String, Long> ignored, SortedMap<String, Long> rejected) {
        return of(0, 0, 0, ignored, rejected);
    }

    /** A day of a patient with a visit or a dose. */
    public static FeedCounts visit(boolean scored) {
        return completeness(1, scored ? 1 : 0, 0, 0);
    }

    /** A course. */
    public static FeedCounts course(boolean baselined) {
        return completeness(0, 0, 1, baselined ? 1 : 0);
    }

    /** An alert of a rule. */
    public static FeedCounts alert(String rule, AlertFigures figures) {
        return served(new TreeMap<>(Map.of(rule, figures)), 0, 0);
    }

    /** Courses begun: days under watch, and how many are still counted. */
    public static FeedCounts watched(long days, long open) {
        return served(NO_ALERTS, days, open);
    }

    private static FeedCounts served(SortedMap<String, AlertFigures> alerts, long watchDays, long watchOpen) {
        return new FeedCounts(
                0, 0, 0, NONE, NONE, 0, 0, 0, 0, 0, 0, 0, alerts, watchDays, watchOpen, Long.MIN_VALUE, Long.MIN_VALUE);
    }

    /**
     * A record as it came in.
     *
     * @param occurred when it took place, epoch milliseconds
     * @param arrived when it arrived, epoch milliseconds
     * @param first whether nothing was known of its fact before
     * @param lateAfter how long after a fact may arrive, milliseconds
     */
    public static FeedCounts arrival(long occurred, long arrived, boolean first, long lateAfter) {
        long delay = Math.max(0, arrived - occurred);
        return new FeedCounts(
                0,
                0,
                0,
                NONE,
                NONE,
                first ? 1 : 0,
                first && delay > lateAfter ? 1 : 0,
                first ? delay : 0,
                0,
                0,
                0,
                0,
                NO_ALERTS,
                0,
                0,
                occurred,
                arrived);
    }

    /** A record of which it is not known when it came in. */
    public static FeedCounts occurred(long occurred) {
        return new FeedCounts(0, 0, 0, NONE, NONE, 0, 0, 0, 0, 0, 0, 0, NO_ALERTS, 0, 0, occurred, Long.MIN_VALUE);
    }

    /** Records came in, epoch milliseconds. */
    public static FeedCounts received(long arrived) {
        return new FeedCounts(0, 0, 0, NONE, NONE, 0, 0, 0, 0, 0, 0, 0, NO_ALERTS, 0, 0, Long.MIN_VALUE, arrived);
    }

    public FeedCounts plus(FeedCounts other) {
        return add(other, 1);
    }

    public FeedCounts minus(FeedCounts other) {
        return add(other, -1);
    }

    /** Records that the counts of dispositions add up to. */
    public long read() {
        return applied + duplicate + superseded + sum(ignored) + sum(rejected);
    }

    /** Whether nothing is counted; then the latest instants say nothing either. */
    public boolean isEmpty() {
        return (applied | duplicate | superseded | heard | late | delay | visits | scored | courses | baselined) == 0
                && (watchDays | watchOpen) == 0
                && ignored.isEmpty()
                && rejected.isEmpty()
                && alerts.isEmpty();
    }

    private FeedCounts add(FeedCounts other, int sign) {
        return new FeedCounts(
                applied + sign * other.applied,
                duplicate + sign * other.duplicate,
                superseded + sign * other.superseded,
                add(ignored, other.ignored, sign),
                add(rejected, other.rejected, sign),
                heard + sign * other.heard,
                late + sign * other.late,
                delay + sign * other.delay,
                visits + sign * other.visits,
                scored + sign * other.scored,
                courses + sign * other.courses,
                baselined + sign * other.baselined,
                addAlerts(alerts, other.alerts, sign),
                watchDays + sign * other.watchDays,
                watchOpen + sign * other.watchOpen,
                Math.max(latestOccurred, other.latestOccurred),
                Math.max(latestArrival, other.latestArrival));
    }

    private static SortedMap<String, Long> add(SortedMap<String, Long> one, SortedMap<String, Long> other, int sign) {
        if (other.isEmpty()) {
            return one;
        }
        SortedMap<String, Long> sum = new TreeMap<>(one);
        other.forEach((reason, count) -> sum.merge(reason, sign * count, Long::sum));
        sum.values().removeIf(count -> count == 0);
        return sum;
    }

    private static SortedMap<String, AlertFigures> addAlerts(
            SortedMap<String, AlertFigures> one, SortedMap<String, AlertFigures> other, int sign) {
        if (other.isEmpty()) {
            return one;
        }
        SortedMap<String, AlertFigures> sum = new TreeMap<>(one);
        other.forEach((rule, figures) ->
                sum.put(rule, sum.getOrDefault(rule, AlertFigures.ZERO).plus(figures, sign)));
        sum.values().removeIf(AlertFigures.ZERO::equals);
        return sum;
    }

    private static long sum(SortedMap<String, Long> byReason) {
        return byReason.values().stream().mapToLong(Long::longValue).sum();
    }
}
