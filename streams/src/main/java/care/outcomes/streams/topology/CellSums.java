package care.outcomes.streams.topology;

import care.outcomes.streams.rate.Cell;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sums of the cells of one group; days that come to nothing are left out. */
final class CellSums {

    private CellSums() {}

    static SortedMap<Integer, Cell> add(@Nullable SortedMap<Integer, Cell> cells, SortedMap<Integer, Cell> more) {
        SortedMap<Integer, Cell> sum = cells == null ? new TreeMap<>() : new TreeMap<>(cells);
        more.forEach((day, cell) -> {
            Cell now = sum.merge(day, cell, Cell::plus);
            if (now.isZero()) {
                sum.remove(day);
            }
        });
        return sum;
    }
}
