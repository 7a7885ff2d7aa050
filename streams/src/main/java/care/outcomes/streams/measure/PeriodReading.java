package care.outcomes.streams.measure;

import care.outcomes.streams.timeline.Score;
import org.jspecify.annotations.Nullable;

/**
 * What a patient counts as in one measure and period, and what that hangs on.
 *
 * @param period the period, calendar year
 * @param membership what the patient counts as; null: nothing
 * @param nextDay first day after the horizon on which this changes without a new fact, epoch day;
 *     {@link Integer#MAX_VALUE}: never
 * @param from first day on which another fact may make another index or first contact of it, epoch day
 * @param to last such day
 * @param followUp the index and its window; null without an index
 */
record PeriodReading(
        int period,
        @Nullable Membership membership,
        int nextDay,
        int from,
        int to,
        @Nullable FollowUp followUp) {

    /** Nobody has looked yet. */
    static PeriodReading unread(int period) {
        return new PeriodReading(period, null, Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, null);
    }

    /**
     * What the last score of a window is compared with.
     *
     * @param index the index
     * @param from first day of the window, epoch day
     * @param to last day of it
     */
    record FollowUp(Score index, int from, int to) {}
}
