package care.outcomes.streams.notify;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * When a channel tells what has gathered: once a day at a civil time.
 *
 * @param at civil time
 * @param zone zone of that time
 */
public record Digest(LocalTime at, ZoneId zone) {

    /** The first digest after an instant. Where the clock skips the time, it is as much later as the clock skips. */
    public Instant after(Instant instant) {
        LocalDate day = instant.atZone(zone).toLocalDate().minusDays(1);
        Instant next = ZonedDateTime.of(day, at, zone).toInstant();
        while (!next.isAfter(instant)) {
            day = day.plusDays(1);
            next = ZonedDateTime.of(day, at, zone).toInstant();
        }
        return next;
    }
}
