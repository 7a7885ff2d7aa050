package care.outcomes.streams.topology;

import care.outcomes.streams.timeline.Horizon;
import java.time.LocalDate;

/**
 * When a patient is looked at.
 *
 * @param horizon how far results are read
 * @param now wall clock, epoch milliseconds
 * @param caughtUp whether all facts that were there at the start have been seen
 */
record Moment(Horizon horizon, long now, boolean caughtUp) {

    /** Whether the horizon stands still. */
    boolean isBatch() {
        return horizon.instant() == Long.MAX_VALUE;
    }

    /** The last instant that counts, epoch milliseconds. */
    long last() {
        return isBatch() ? reach() - 1 : reach();
    }

    /** The horizon as an instant, epoch milliseconds; for the end of a day, in the zone of the network. */
    long reach() {
        return isBatch()
                ? LocalDate.ofEpochDay(horizon.day() + 1L)
                        .atStartOfDay(horizon.zone())
                        .toInstant()
                        .toEpochMilli()
                : horizon.instant();
    }
}
