package care.outcomes.deploy.bench;

import care.outcomes.streams.rate.Cell;
import care.outcomes.streams.rate.Cells;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Roll;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Window;
import java.util.Map;
import java.util.TreeMap;

/** The answer of a contender: what every group counts on the last day in the 90-day window. */
final class Counted {

    private Counted() {}

    /** Adds cells up over treatments and rolls them to the last day; groups that count nothing are left out. */
    static Map<Group, Tally> of(Cells cells) {
        Map<Group, TreeMap<Integer, Cell>> byGroup = new TreeMap<>();
        cells.byGroup()
                .forEach((group, days) -> days.forEach((day, cell) -> {
                    byGroup.computeIfAbsent(group, g -> new TreeMap<>()).merge(day, cell, Cell::plus);
                    if (!group.treatment().equals(Group.ALL)) {
                        byGroup.computeIfAbsent(group.overTreatments(), g -> new TreeMap<>())
                                .merge(day, cell, Cell::plus);
                    }
                }));
        int last = (int) Workload.LAST_DAY.toEpochDay();
        Map<Group, Tally> counts = new TreeMap<>();
        byGroup.forEach((group, days) -> {
            int first = days.firstKey();
            Tally tally = Roll.of(days, Window.P90D, Tally.ZERO, first, last).getOrDefault(last, Tally.ZERO);
            if (!tally.isZero()) {
                counts.put(group, tally);
            }
        });
        return counts;
    }
}
