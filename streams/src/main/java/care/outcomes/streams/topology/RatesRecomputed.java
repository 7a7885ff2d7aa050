package care.outcomes.streams.topology;

import care.outcomes.schemas.ShareableRules;
import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.schemas.record.ShareableRateRow;
import care.outcomes.streams.Kernel;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.rate.Cell;
import care.outcomes.streams.rate.Cells;
import care.outcomes.streams.rate.CohortCells;
import care.outcomes.streams.rate.CohortVotes;
import care.outcomes.streams.rate.Contributions;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Roll;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Window;
import care.outcomes.streams.rate.shareable.Block;
import care.outcomes.streams.rate.shareable.CohortCounts;
import care.outcomes.streams.rate.shareable.Release;
import care.outcomes.streams.rate.shareable.Releasing;
import care.outcomes.streams.rate.shareable.Threshold;
import care.outcomes.streams.topology.state.CohortOf;
import care.outcomes.streams.topology.state.CountedCohort;
import care.outcomes.streams.topology.state.CountedRow;
import care.outcomes.streams.topology.state.Expectation;
import care.outcomes.streams.topology.state.NetworkGroup;
import care.outcomes.streams.topology.state.RowOf;
import care.outcomes.streams.topology.state.TreeOf;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the rate rows must be, recomputed from course rows and references alone: each patient counted once from nothing,
 * where the topology adds up differences of differences. Holds the cells of all groups, and no patient.
 */
public final class RatesRecomputed {

    private final KnownReferences references;
    private final Map<String, Cells> periods = new TreeMap<>();
    private final Map<String, CohortCells> cohorts = new TreeMap<>();

    /**
     * None yet.
     *
     * @param references what cohorts are compared with
     */
    public RatesRecomputed(KnownReferences references) {
        this.references = references;
    }

    /** Takes rows. */
    @FunctionalInterface
    public interface Rows {

        /**
         * A row.
         *
         * @param key its record key
         * @param mayBeGone whether it is of a day so long ago that it need not be there any more
         */
        void row(String key, RateRow row, boolean mayBeGone);
    }

    /** Counts one patient in; {@code rows} are all course rows of the patient. */
    public void add(String patientKey, Collection<CourseRow> rows) {
        List<CourseOutcome> outcomes = rows.stream().map(CourseRows::outcome).toList();
        String network = Intake.networkOf(patientKey);
        Cells sum = periods.computeIfAbsent(network, any -> new Cells());
        Contributions.difference(List.of(), outcomes, Kernel.PRIMARY_INSTRUMENT)
                .byGroup()
                .forEach((group, days) -> days.forEach((day, cell) -> {
                    sum.add(group, day, cell);
                    if (!group.treatment().equals(Group.ALL)) {
                        sum.add(group.overTreatments(), day, cell);
                    }
                }));
        cohorts.computeIfAbsent(network, any -> new CohortCells())
                .addAll(CohortVotes.difference(List.of(), outcomes, Kernel.PRIMARY_INSTRUMENT)
                        .withTotals());
    }

    /**
     * Tells every row that must be published.
     *
     * @param horizon last day that is read, epoch day
     * @param live whether rows of days long ago go in time; a batch keeps all
     */
    public void forEachRow(int horizon, boolean live, Rows to) {
        int lastOld = live ? horizon - PeriodTotals.KEPT - 1 : Integer.MIN_VALUE;
        periods.forEach((network, cells) -> cells.byGroup()
                .forEach((group, days) -> rows(new NetworkGroup(network, group), days, horizon, lastOld, to)));
        cohorts.forEach((network, cells) -> cells.byCohort().forEach((cohort, cell) -> {
            Tally tally = cell.on(horizon);
            if (!tally.isZero()) {
                CohortOf row = new CohortOf(network, cohort);
                Expectation expectation = references.expectation(horizon, row, cell);
                to.row(
                        RateRows.key(row),
                        RateRows.of(row, new CountedCohort(tally, expectation, 0, null), horizon, "", 0),
                        false);
            }
        }));
    }

    /**
     * Every row of the shareable tier, by record key, where all was told at once.
     *
     * @param horizon last day that is read, epoch day
     */
    public SortedMap<String, ShareableRateRow> shareable(int horizon, ShareableRules rules) {
        Map<TreeOf, SortedMap<Block, Tally>> trees = new HashMap<>();
        cohorts.forEach((network, cells) -> cells.byCohort()
                .forEach((cohort, cell) -> SharedLeaves.leaf(
                                new CohortOf(network, cohort),
                                cell,
                                horizon,
                                rules.horizon().id())
                        .filter(leaf -> !leaf.tally().isZero())
                        .ifPresent(leaf -> trees.computeIfAbsent(leaf.of().tree(), any -> new TreeMap<>())
                                .put(leaf.of().block(), leaf.tally()))));
        Releasing releasing = new Releasing(new Threshold(rules.smallest()));
        SortedMap<String, ShareableRateRow> told = new TreeMap<>();
        trees.forEach((tree, leaves) -> {
            CohortCounts counts = new CohortCounts(leaves);
            Release release = releasing.next(
                    Release.NOTHING,
                    counts,
                    tree.year(),
                    period -> counts.isOver(period, rules.horizon().latest(), horizon),
                    horizon);
            ShareableRows rows = new ShareableRows(tree, rules.horizon().id(), "", 0);
            release.rows().forEach((block, row) -> told.put(rows.key(block), rows.of(block, row)));
            release.suppressed().forEach(block -> told.put(rows.key(block), rows.suppressed(block, horizon)));
        });
        return told;
    }

    private static void rows(NetworkGroup group, SortedMap<Integer, Cell> days, int horizon, int lastOld, Rows to) {
        for (Window window : Window.values()) {
            SortedMap<Integer, Tally> counts = Roll.of(days, window, Tally.ZERO, days.firstKey(), horizon);
            RateRows.due(counts, Tally.ZERO).forEach((day, tally) -> {
                RowOf row = new RowOf(group, window, day);
                to.row(RateRows.key(row), RateRows.of(row, new CountedRow(tally, 0), "", 0), day <= lastOld);
            });
        }
    }
}
