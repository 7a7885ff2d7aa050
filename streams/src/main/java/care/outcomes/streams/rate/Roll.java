package care.outcomes.streams.rate;

import java.util.SortedMap;
import java.util.TreeMap;

/** Rolling counts from daily cells. */
public final class Roll {

    private Roll() {}

    /**
     * Counts of a window on each day of a range.
     *
     * @param cells cells of the group by day, at least from {@code from − window} to {@code to}
     * @param window the window
     * @param before counts of the day before {@code from}
     * @param from first day, epoch day
     * @param to last day, inclusive
     */
    public static SortedMap<Integer, Tally> of(
            SortedMap<Integer, Cell> cells, Window window, Tally before, int from, int to) {
        SortedMap<Integer, Tally> counts = new TreeMap<>();
        Tally current = before;
        for (int day = from; day <= to; day++) {
            Cell now = cells.getOrDefault(day, Cell.ZERO);
            Cell then = cells.getOrDefault(day - window.days(), Cell.ZERO);
            int w = window.ordinal();
            current = current.plus(now.begun())
                    .minus(now.ended().get(w))
                    .minus(then.begun())
                    .plus(then.replaced().get(w));
            counts.put(day, current);
        }
        return counts;
    }
}
