package care.outcomes.ingest.row;

import care.outcomes.ingest.Rejection;
import care.outcomes.schemas.record.BloodPressure;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A source record in canonical form: texts by column, whatever the format it came from.
 *
 * @param kind what it tells of
 * @param system source system, part of the identity of facts: csv, fhir or json
 * @param cells texts that are not blank
 * @param names names of columns in the source's own terms, for rejections; the CSV name where absent
 */
public record Row(Kind kind, String system, Map<Column, String> cells, Map<Column, String> names) {
    /** No exponents: a decimal of a million digits is not worth expanding. */
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d{1,12}([.]\\d{1,12})?");

    private static final Pattern PRESSURE = Pattern.compile("(\\d{1,3})\\s*/\\s*(\\d{1,3})");
    private static final Set<String> YES = Set.of("true", "yes", "y", "1");
    private static final Set<String> NO = Set.of("false", "no", "n", "0");

    @Nullable
    String text(Column column) {
        return cells.get(column);
    }

    String require(Column column, String reason) throws UnusableException {
        String text = cells.get(column);
        if (text == null) {
            throw new UnusableException(new Rejection(nameOf(column), reason, null));
        }
        return text;
    }

    Row without(Column column) {
        Map<Column, String> rest = new EnumMap<>(cells);
        rest.remove(column);
        return new Row(kind, system, rest, names);
    }

    String nameOf(Column column) {
        return names.getOrDefault(column, column.csv());
    }

    /** The rejection of what a column holds, showing of it what may be shown. */
    UnusableException unusable(Column column, String reason) {
        String text = cells.get(column);
        return new UnusableException(new Rejection(nameOf(column), reason, text == null ? null : shown(text)));
    }

    UnusableException unknownCode(Column column, String reason, List<String> known) {
        String text = cells.get(column);
        return new UnusableException(
                new Rejection(nameOf(column), reason, text == null ? null : Shown.code(text, known)));
    }

    /** Patient events hold birth dates, so of those no value is ever shown. */
    private String shown(String text) {
        return kind == Kind.PATIENT_EVENT ? Shown.shape(text) : Shown.value(text);
    }

    When when(Column column, @Nullable ZoneId zone) throws UnusableException {
        When.Parsed parsed = When.parse(require(column, "NO_TIME"), zone);
        if (parsed.when() == null) {
            throw unusable(column, parsed.problem() == null ? When.BAD_TIME : parsed.problem());
        }
        return parsed.when();
    }

    @Nullable
    When optionalWhen(Column column, @Nullable ZoneId zone) throws UnusableException {
        return cells.containsKey(column) ? when(column, zone) : null;
    }

    /** A whole number; {@code 12.0} is one. */
    @Nullable
    Integer integer(Column column) throws UnusableException {
        String text = cells.get(column);
        if (text == null) {
            return null;
        }
        Integer value = wholeNumber(text);
        if (value == null) {
            throw unusable(column, isNumber(text) ? "NOT_INTEGER" : "NOT_A_NUMBER");
        }
        return value;
    }

    @Nullable
    Integer positive(Column column) throws UnusableException {
        return atLeast(1, column);
    }

    @Nullable
    Integer notNegative(Column column) throws UnusableException {
        return atLeast(0, column);
    }

    private @Nullable Integer atLeast(int least, Column column) throws UnusableException {
        Integer value = integer(column);
        if (value != null && value < least) {
            throw unusable(column, "OUT_OF_RANGE");
        }
        return value;
    }

    @Nullable
    Double decimal(Column column) throws UnusableException {
        String text = cells.get(column);
        if (text == null) {
            return null;
        }
        if (!isNumber(text)) {
            throw unusable(column, "NOT_A_NUMBER");
        }
        return Double.valueOf(text);
    }

    long version() throws UnusableException {
        String text = cells.get(Column.VERSION);
        if (text == null) {
            return 0;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw unusable(Column.VERSION, "NOT_INTEGER");
        }
    }

    /** One of the constants of a closed set of our own, other than UNKNOWN. */
    <E extends Enum<E>> E choice(Column column, Class<E> type, E absent, String reason) throws UnusableException {
        String text = cells.get(column);
        if (text == null) {
            return absent;
        }
        String symbol = symbol(text);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(symbol) && !symbol.equals("UNKNOWN")) {
                return constant;
            }
        }
        throw unknownCode(
                column,
                reason,
                Stream.of(type.getEnumConstants()).map(Enum::name).toList());
    }

    @Nullable
    Boolean yesNo(Column column) throws UnusableException {
        String text = cells.get(column);
        if (text == null) {
            return null;
        }
        String word = text.toLowerCase(Locale.ROOT);
        if (!YES.contains(word) && !NO.contains(word)) {
            throw unusable(column, "NOT_YES_OR_NO");
        }
        return YES.contains(word);
    }

    /** Written as {@code 130/85}, in mmHg. */
    @Nullable
    BloodPressure pressure(Column column) throws UnusableException {
        String text = cells.get(column);
        if (text == null) {
            return null;
        }
        Matcher matcher = PRESSURE.matcher(text);
        if (!matcher.matches()) {
            throw unusable(column, "BAD_BLOOD_PRESSURE");
        }
        return new BloodPressure(Integer.valueOf(matcher.group(1)), Integer.valueOf(matcher.group(2)));
    }

    static String symbol(String text) {
        return text.toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    }

    static @Nullable Integer wholeNumber(String text) {
        try {
            return isNumber(text) ? (Integer) new BigDecimal(text).intValueExact() : null;
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }
}
