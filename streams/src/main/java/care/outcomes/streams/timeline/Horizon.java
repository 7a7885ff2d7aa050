package care.outcomes.streams.timeline;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * How far derived steps are read and published (SEMANTICS §2): the only place where <em>now</em> enters.
 *
 * @param day last civil day that is read, epoch day
 * @param instant last instant that is read, epoch milliseconds; {@link Long#MAX_VALUE}: the end of {@code day}, wherever
 * @param zone zone of the network, in which its days begin
 */
public record Horizon(int day, long instant, ZoneId zone) {

    /** The end of a civil day, as a label: batch. */
    public static Horizon endOf(LocalDate day, ZoneId zone) {
        return new Horizon((int) day.toEpochDay(), Long.MAX_VALUE, zone);
    }

    /** An instant of the wall clock: live. */
    public static Horizon at(Instant now, ZoneId zone) {
        return new Horizon((int) now.atZone(zone).toLocalDate().toEpochDay(), now.toEpochMilli(), zone);
    }

    /** Whether it lies before another. */
    public boolean isBefore(Horizon other) {
        return day < other.day || instant < other.instant;
    }

    /** Whether a fact lies before the horizon. */
    public boolean reaches(Stamp stamp) {
        return instant == Long.MAX_VALUE ? stamp.day() <= day : stamp.at() <= instant;
    }
}
