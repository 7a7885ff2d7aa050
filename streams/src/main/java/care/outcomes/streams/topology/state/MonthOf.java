package care.outcomes.streams.topology.state;

import care.outcomes.streams.rate.Cell;
import java.time.LocalDate;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Key of the cells of a group in one month.
 *
 * @param of the group
 * @param month twelve times the year, and months of it that are over
 */
public record MonthOf(NetworkGroup of, int month) {

    /** The month a day lies in. */
    public static int of(int epochDay) {
        LocalDate day = LocalDate.ofEpochDay(epochDay);
        return 12 * day.getYear() + day.getMonthValue() - 1;
    }

    /** The cells of a group by month. */
    public static SortedMap<Integer, SortedMap<Integer, Cell>> split(SortedMap<Integer, Cell> cells) {
        SortedMap<Integer, SortedMap<Integer, Cell>> months = new TreeMap<>();
        cells.forEach((day, cell) ->
                months.computeIfAbsent(of(day), m -> new TreeMap<>()).put(day, cell));
        return months;
    }

    static final Codec<MonthOf> CODEC = new Codec<>() {
        @Override
        public void write(MonthOf key, Encoder out) {
            NetworkGroup.CODEC.write(key.of, out);
            out.sorted(key.month);
        }

        @Override
        public MonthOf read(Decoder in) {
            return new MonthOf(NetworkGroup.CODEC.read(in), in.sortedInt());
        }
    };
}
