package care.outcomes.deploy.query;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time to come as people write it: {@code 12h}, {@code 3d}, {@code 2w}, a date, or an instant. */
final class Deadline {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,4})([hdw])");

    private Deadline() {}

    /**
     * Reads it.
     *
     * @param zone in which a date begins
     * @throws IllegalArgumentException if it is none of these
     */
    static Instant parse(String text, Instant now, ZoneId zone) {
        Matcher span = SPAN.matcher(text);
        if (span.matches()) {
            long count = Long.parseLong(span.group(1));
            return now.plus(
                    switch (span.group(2)) {
                        case "h" -> Duration.ofHours(count);
                        case "d" -> Duration.ofDays(count);
                        default -> Duration.ofDays(7 * count);
                    });
        }
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(zone).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "must be a span such as 12h, 3d or 2w, a date, or an instant with Z, is '" + text + "'", e);
        }
    }
}
