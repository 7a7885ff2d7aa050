package care.outcomes.ingest.row;

import care.outcomes.schemas.record.Precision;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When something happened. With precision DAY the instant is the start of that civil day in the zone.
 *
 * @param at the instant
 * @param zone zone in which the civil day is taken
 * @param precision INSTANT or DAY
 */
public record When(Instant at, ZoneId zone, Precision precision) {
    static final String NO_ZONE = "NO_ZONE";
    static final String BAD_TIME = "BAD_TIME";
    static final String PARTIAL_DATE = "PARTIAL_DATE";

    private static final Pattern PARTIAL = Pattern.compile("\\d{4}(-\\d{2})?");
    private static final int DATE_LENGTH = 10;
    private static final int EARLIEST_YEAR = 1850;
    private static final int LATEST_YEAR = 9999;
    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    /** The outcome of reading a text as a time: one of the two is null. */
    record Parsed(@Nullable When when, @Nullable String problem) {}

    /** A civil day, from its start in the zone. */
    static When day(LocalDate date, ZoneId zone) {
        return new When(date.atStartOfDay(zone).toInstant(), zone, Precision.DAY);
    }

    LocalDate civilDay() {
        return at.atZone(zone).toLocalDate();
    }

    /**
     * Reads ISO 8601: a date, a local date and time (of the clinic), or one with an offset. A written offset fixes the
     * instant, the clinic's zone the civil day; without a clinic zone the offset serves as one.
     *
     * @param zone zone of the clinic, if known
     */
    static Parsed parse(String text, @Nullable ZoneId zone) {
        try {
            if (PARTIAL.matcher(text).matches()) {
                return new Parsed(null, PARTIAL_DATE);
            }
            if (text.length() == DATE_LENGTH) {
                return zone == null ? new Parsed(null, NO_ZONE) : checked(day(LocalDate.parse(text), zone));
            }
            TemporalAccessor time = DATE_TIME.parse(normal(text));
            if (time.isSupported(ChronoField.OFFSET_SECONDS)) {
                OffsetDateTime fixed = OffsetDateTime.from(time);
                return checked(new When(fixed.toInstant(), zone == null ? of(fixed) : zone, Precision.INSTANT));
            }
            if (zone == null) {
                return new Parsed(null, NO_ZONE);
            }
            Instant at = LocalDateTime.from(time).atZone(zone).toInstant();
            return checked(new When(at, zone, Precision.INSTANT));
        } catch (DateTimeException e) {
            return new Parsed(null, BAD_TIME);
        }
    }

    /** The first day of a full date, or of a year or month alone as FHIR allows; null where it is neither. */
    public static @Nullable LocalDate firstDay(String text) {
        try {
            return switch (text.length()) {
                case 4 -> Year.parse(text).atDay(1);
                case 7 -> YearMonth.parse(text).atDay(1);
                default -> LocalDate.parse(text.substring(0, Math.min(DATE_LENGTH, text.length())));
            };
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String normal(String text) {
        return text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' '
                ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1)
                : text;
    }

    private static ZoneId of(OffsetDateTime fixed) {
        return fixed.getOffset().equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : fixed.getOffset();
    }

    /** A year far out is a typing error that would stretch every time axis. */
    private static Parsed checked(When when) {
        int year = when.civilDay().getYear();
        return year < EARLIEST_YEAR || year > LATEST_YEAR ? new Parsed(null, BAD_TIME) : new Parsed(when, null);
    }
}
