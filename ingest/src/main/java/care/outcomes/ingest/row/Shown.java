package care.outcomes.ingest.row;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What may be shown of a value that could not be used. A column may hold anything by mistake, also a name or a record
 * number, so only short numbers, dates and near misses of our own codes are shown; of all else the shape.
 */
public final class Shown {
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d{1,4}([.,]\\d{1,4})?");
    private static final Pattern DATE = Pattern.compile(
            "\\d{4}-\\d{2}(-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}([.]\\d{1,9})?)?(Z|[-+]\\d{2}:?\\d{2})?)?)?");
    private static final int ALIKE = 3;
    private static final int LONGEST_CODE = 24;

    private Shown() {}

    /** The value itself if it is a short number or a date, else its shape. */
    public static String value(String raw) {
        return NUMBER.matcher(raw).matches() || DATE.matcher(raw).matches() ? raw : shape(raw);
    }

    /** The value itself if it starts like one of the known codes, else as {@link #value}. */
    public static String code(String raw, Collection<String> known) {
        String start = start(raw);
        boolean nearMiss = raw.length() <= LONGEST_CODE
                && raw.indexOf(' ') < 0
                && start.length() == ALIKE
                && known.stream().anyMatch(code -> start(code).equals(start));
        return nearMiss ? raw : value(raw);
    }

    /** For example {@code text(12)} or {@code digits(9)}. */
    public static String shape(String raw) {
        boolean digits = !raw.isEmpty() && raw.chars().allMatch(c -> c >= '0' && c <= '9');
        return (digits ? "digits(" : "text(") + raw.length() + ")";
    }

    private static String start(String code) {
        String letters = code.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return letters.substring(0, Math.min(ALIKE, letters.length()));
    }
}
