package care.outcomes.streams.notify;

import care.outcomes.schemas.record.Severity;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hours of the day in which a clinic is not to be disturbed. They may span midnight.
 *
 * @param clinics clinics it holds for; empty: all
 * @param severities severities it holds for; empty: all
 * @param days days of the week on which they begin; empty: every day
 * @param from civil time at which they begin
 * @param to civil time at which they have ended; that of the next day where it is not later than {@code from}
 * @param zone zone of these times; null: the clinic's
 */
public record QuietHours(
        Set<String> clinics,
        Set<Severity> severities,
        Set<DayOfWeek> days,
        LocalTime from,
        LocalTime to,
        @Nullable ZoneId zone) {

    public QuietHours {
        clinics = Set.copyOf(clinics);
        severities = Set.copyOf(severities);
        days = Set.copyOf(days);
    }

    /** Whether they hold for such an alert, at whatever time. */
    public boolean hold(String clinicId, Severity severity) {
        return (clinics.isEmpty() || clinics.contains(clinicId))
                && (severities.isEmpty() || severities.contains(severity));
    }

    /** When they end, if it is quiet at that instant; the end itself is not quiet. */
    public Optional<Instant> endOf(Instant instant, ZoneId clinicZone) {
        ZoneId in = zone == null ? clinicZone : zone;
        LocalDate today = instant.atZone(in).toLocalDate();
        for (LocalDate begun : new LocalDate[] {today.minusDays(1), today}) {
            LocalDate ends = to.isAfter(from) ? begun : begun.plusDays(1);
            Instant start = ZonedDateTime.of(begun, from, in).toInstant();
            Instant end = ZonedDateTime.of(ends, to, in).toInstant();
            boolean counts = days.isEmpty() || days.contains(begun.getDayOfWeek());
            if (counts && !instant.isBefore(start) && instant.isBefore(end)) {
                return Optional.of(end);
            }
        }
        return Optional.empty();
    }
}
