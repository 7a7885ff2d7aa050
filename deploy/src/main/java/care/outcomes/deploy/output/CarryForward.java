package care.outcomes.deploy.output;

import care.outcomes.schemas.record.Estimand;
import care.outcomes.schemas.record.RateRow;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.Schema;

/**
 * Fills the gaps of published PERIOD rows. A row is published for a day whose counts differ from the day before, so a
 * day without a row of its own has the counts of the last row before it.
 */
public final class CarryForward {
    private CarryForward() {}

    /**
     * Hands over the PERIOD rows of every wanted day up to {@code asOf}, each with its own day, and the COHORT rows as
     * they are. A day on which nothing was started has no row.
     *
     * @param rows in {@link RowOrder#RATES}
     */
    public static void fill(List<RateRow> rows, LocalDate asOf, Predicate<LocalDate> wanted, Consumer<RateRow> to) {
        for (int i = 0; i < rows.size(); i++) {
            RateRow row = rows.get(i);
            if (row.getEstimand() != Estimand.PERIOD) {
                to.accept(row);
                continue;
            }
            boolean lastOfGroup = i + 1 == rows.size() || RowOrder.RATE_GROUP.compare(row, rows.get(i + 1)) != 0;
            LocalDate after = asOf.plusDays(1);
            LocalDate until = lastOfGroup ? after : earlier(rows.get(i + 1).getDay(), after);
            if (row.getStarted() > 0) {
                row.getDay()
                        .datesUntil(latest(until, row.getDay()))
                        .filter(wanted)
                        .forEach(day -> to.accept(on(day, row)));
            }
        }
    }

    /** The days of {@code rates.ndjson} without {@code --daily}. */
    public static Predicate<LocalDate> monthEndsAnd(LocalDate asOf) {
        return day -> day.equals(asOf) || day.getDayOfMonth() == day.lengthOfMonth();
    }

    private static LocalDate earlier(LocalDate a, LocalDate b) {
        return a.isBefore(b) ? a : b;
    }

    private static LocalDate latest(LocalDate a, LocalDate b) {
        return a.isAfter(b) ? a : b;
    }

    private static RateRow on(LocalDate day, RateRow row) {
        if (day.equals(row.getDay())) {
            return row;
        }
        RateRow carried = new RateRow();
        for (Schema.Field field : row.getSchema().getFields()) {
            carried.put(field.pos(), row.get(field.pos()));
        }
        carried.setDay(day);
        carried.setAsOf(day);
        return carried;
    }
}
