package care.outcomes.streams.topology;

import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.streams.Kernel;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.rate.Cell;
import care.outcomes.streams.rate.Cells;
import care.outcomes.streams.rate.Contributions;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Roll;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Window;
import care.outcomes.streams.topology.state.CountedRow;
import care.outcomes.streams.topology.state.NetworkGroup;
import care.outcomes.streams.topology.state.RowOf;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What the rate rows must be, recomputed from course rows alone: each patient counted once from nothing, where the
 * topology adds up differences of differences. Holds the cells of all groups, and no patient.
 */
public final class RatesRecomputed {

    private final Map<String, Cells> networks = new TreeMap<>();

    /** Counts one patient in; {@code rows} are all course rows of the patient. */
    public void add(String patientKey, Collection<CourseRow> rows) {
        List<CourseOutcome> outcomes = rows.stream().map(CourseRows::outcome).toList();
        Cells sum = networks.computeIfAbsent(Intake.networkOf(patientKey), any -> new Cells());
        Contributions.difference(List.of(), outcomes, Kernel.PRIMARY_INSTRUMENT)
                .byGroup()
                .forEach((group, days) -> days.forEach((day, cell) -> {
                    sum.add(group, day, cell);
                    if (!group.treatment().equals(Group.ALL)) {
                        sum.add(group.overTreatments(), day, cell);
                    }
                }));
    }

    /**
     * Tells every row that must be published, by its record key.
     *
     * @param horizon last day that is read, epoch day
     */
    public void forEachRow(int horizon, BiConsumer<String, RateRow> to) {
        networks.forEach((network, cells) ->
                cells.byGroup().forEach((group, days) -> rows(new NetworkGroup(network, group), days, horizon, to)));
    }

    private static void rows(
            NetworkGroup group, SortedMap<Integer, Cell> days, int horizon, BiConsumer<String, RateRow> to) {
        for (Window window : Window.values()) {
            SortedMap<Integer, Tally> counts = Roll.of(days, window, Tally.ZERO, days.firstKey(), horizon);
            RateRows.due(counts, Tally.ZERO).forEach((day, tally) -> {
                RowOf row = new RowOf(group, window, day);
                to.accept(RateRows.key(row), RateRows.of(row, new CountedRow(tally, 0), "", 0));
            });
        }
    }
}
