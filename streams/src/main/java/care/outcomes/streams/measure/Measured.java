package care.outcomes.streams.measure;

import java.util.List;

/**
 * What a patient counts as in quality measures.
 *
 * @param memberships at most one for each measure and period, by measure and period
 * @param nextDay first day after the horizon on which this changes without a new fact, epoch day;
 *     {@link Integer#MAX_VALUE}: never
 * @param quiet days on which one more score would change nothing
 */
public record Measured(List<Membership> memberships, int nextDay, Quiet quiet) {

    /**
     * Days on which one more score changes nothing: it neither is an index nor lies in a window.
     *
     * @param after the day before the first, epoch day
     * @param until the day after the last, epoch day
     */
    record Quiet(int after, int until) {

        static final Quiet NEVER = new Quiet(Integer.MAX_VALUE, Integer.MIN_VALUE);

        boolean holds(int day) {
            return after < day && day < until;
        }
    }
}
