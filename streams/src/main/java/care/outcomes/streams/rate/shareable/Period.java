package care.outcomes.streams.rate.shareable;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A calendar month, quarter or year. Any two are disjoint, or one holds the other.
 *
 * @param grain how long
 * @param year calendar year
 * @param number which of the year, from 1
 */
public record Period(Grain grain, int year, int number) implements Comparable<Period> {

    /** How long a period is. */
    public enum Grain {
        MONTH(1),
        QUARTER(3),
        YEAR(12);

        private final int months;

        Grain(int months) {
            this.months = months;
        }
    }

    /** The month as a period. */
    public static Period of(YearMonth month) {
        return new Period(Grain.MONTH, month.getYear(), month.getMonthValue());
    }

    public static Period ofYear(int year) {
        return new Period(Grain.YEAR, year, 1);
    }

    static List<Period> quarters(int year) {
        return IntStream.rangeClosed(1, 4)
                .mapToObj(number -> new Period(Grain.QUARTER, year, number))
                .toList();
    }

    /** Its months. */
    List<Period> inMonths() {
        return IntStream.rangeClosed(firstMonth(), lastMonth())
                .mapToObj(number -> new Period(Grain.MONTH, year, number))
                .toList();
    }

    /** Its last day. */
    public LocalDate lastDay() {
        return YearMonth.of(year, lastMonth()).atEndOfMonth();
    }

    boolean contains(Period other) {
        return year == other.year && firstMonth() <= other.firstMonth() && other.lastMonth() <= lastMonth();
    }

    private int firstMonth() {
        return (number - 1) * grain.months + 1;
    }

    private int lastMonth() {
        return number * grain.months;
    }

    /** {@code 2025}, {@code 2025-Q1} or {@code 2025-01}. */
    @Override
    public String toString() {
        return switch (grain) {
            case YEAR -> String.format(Locale.ROOT, "%04d", year);
            case QUARTER -> String.format(Locale.ROOT, "%04d-Q%d", year, number);
            case MONTH -> String.format(Locale.ROOT, "%04d-%02d", year, number);
        };
    }

    @Override
    public int compareTo(Period other) {
        int order = Integer.compare(year, other.year);
        order = order != 0 ? order : other.grain.compareTo(grain);
        return order != 0 ? order : Integer.compare(number, other.number);
    }
}
