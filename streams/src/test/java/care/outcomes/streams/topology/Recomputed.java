package care.outcomes.streams.topology;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.ShareableRules;
import care.outcomes.schemas.SourceTrust;
import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.MeasureRow;
import care.outcomes.schemas.record.ShareableRateRow;
import care.outcomes.streams.Derivation;
import care.outcomes.streams.Kernel;
import care.outcomes.streams.alert.Alert;
import care.outcomes.streams.measure.QualityMeasures;
import care.outcomes.streams.rate.Cell;
import care.outcomes.streams.rate.Cells;
import care.outcomes.streams.rate.Cohort;
import care.outcomes.streams.rate.CohortCells;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Roll;
import care.outcomes.streams.rate.Stratum;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Window;
import care.outcomes.streams.rate.shareable.Block;
import care.outcomes.streams.rate.shareable.CohortCounts;
import care.outcomes.streams.rate.shareable.Period;
import care.outcomes.streams.rate.shareable.Release;
import care.outcomes.streams.rate.shareable.Releasing;
import care.outcomes.streams.rate.shareable.Threshold;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.Relabelled;
import care.outcomes.streams.topology.state.CohortOf;
import care.outcomes.streams.topology.state.NetworkGroup;
import care.outcomes.streams.topology.state.RowOf;
import care.outcomes.streams.topology.state.TreeOf;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** What must be published in the end: the kernel run once over all facts, without stores, streams or differences. */
final class Recomputed {

    private final ShareableRules shareable;

    private final Kernel kernel;
    private final Map<String, CourseRow> courses = new TreeMap<>();
    private final Map<String, Alert> alerts = new TreeMap<>();
    private final Map<String, Tally> rates = new TreeMap<>();
    private final Map<String, MeasureRow> memberships = new TreeMap<>();
    private final Map<TreeOf, SortedMap<Block, Tally>> leaves = new HashMap<>();

    Recomputed(Collection<SpecificRecord> facts, Horizon horizon) {
        this(facts, horizon, ShareableRules.load());
    }

    Recomputed(Collection<SpecificRecord> facts, Horizon horizon, ShareableRules shareable) {
        this(facts, horizon, shareable, TrajectoryCurves.NONE);
    }

    /**
     * Recomputes.
     *
     * @param curves what courses are compared with
     */
    Recomputed(Collection<SpecificRecord> facts, Horizon horizon, ShareableRules shareable, TrajectoryCurves curves) {
        this.shareable = shareable;
        this.kernel = new Kernel(
                Instruments.load(),
                Treatments.load(),
                AlertRules.load(),
                RateRules.load(),
                QualityMeasures.load(),
                SourceTrust.load(),
                curves);
        FactReader reader = new FactReader(Instruments.load());
        Map<String, List<Fact>> versions = new TreeMap<>();
        for (SpecificRecord fact : facts) {
            String key = String.valueOf(
                    fact.get(fact.getSchema().getField("patientKey").pos()));
            versions.computeIfAbsent(key, any -> new ArrayList<>()).add(reader.read(fact));
        }
        Map<String, Cells> networks = new TreeMap<>();
        Map<String, CohortCells> cohorts = new TreeMap<>();
        Relabelled.of(versions, horizon).forEach((key, live) -> {
            Derivation derivation = kernel.derive(key, live, horizon);
            derivation
                    .outcomes()
                    .forEach(outcome -> courses.put(
                            CourseRows.key(key, outcome), CourseRows.of(key, outcome, kernel.ruleset(), 0, 0)));
            derivation.alerts().forEach(alert -> alerts.put(alert.alertId(), alert));
            derivation
                    .memberships()
                    .forEach(membership -> memberships.put(
                            MeasureRows.key(key, membership), MeasureRows.of(key, membership, kernel.ruleset(), 0, 0)));
            cohorts.computeIfAbsent(Intake.networkOf(key), any -> new CohortCells())
                    .addAll(kernel.cohortDifference(List.of(), derivation.outcomes())
                            .withTotals());
            networks.computeIfAbsent(Intake.networkOf(key), any -> new Cells())
                    .addAll(withTotals(kernel.difference(List.of(), derivation.outcomes())));
        });
        networks.forEach((network, cells) ->
                cells.byGroup().forEach((group, days) -> roll(new NetworkGroup(network, group), days, horizon.day())));
        cohorts.forEach((network, cells) -> cells.byCohort().forEach((cohort, cell) -> {
            Tally tally = cell.on(horizon.day());
            if (!tally.isZero()) {
                rates.put(RateRows.key(new CohortOf(network, cohort)), tally);
            }
            share(network, cohort, cell.strataOn(horizon.day()));
        }));
    }

    private void share(String network, Cohort cohort, SortedMap<Stratum, Tally> strata) {
        Group group = cohort.group();
        Tally consenting = strata.entrySet().stream()
                .filter(stratum -> stratum.getKey().consents())
                .map(Map.Entry::getValue)
                .reduce(Tally.ZERO, Tally::plus);
        if (cohort.horizon().equals(shareable.horizon().id())
                && !group.clinicId().equals(Group.ALL)
                && !group.treatment().equals(Group.ALL)
                && !consenting.isZero()) {
            leaves.computeIfAbsent(
                            new TreeOf(
                                    network, group.instrument(), cohort.month().getYear()),
                            any -> new TreeMap<>())
                    .put(new Block(group.clinicId(), group.treatment(), Period.of(cohort.month())), consenting);
        }
    }

    /** Course rows by key. */
    Map<String, CourseRow> courses() {
        return courses;
    }

    /** The ledger by alert id. */
    Map<String, Alert> alerts() {
        return alerts;
    }

    /** Counts by key of the rate row. */
    Map<String, Tally> rates() {
        return rates;
    }

    /** What patients count as in measures, by key of the row. */
    Map<String, MeasureRow> memberships() {
        return memberships;
    }

    /**
     * What may be shared when all is told at once, by key of the row.
     *
     * @param today the horizon, epoch day
     */
    Map<String, ShareableRateRow> shareable(int today) {
        Releasing releasing = new Releasing(new Threshold(shareable.smallest()));
        Map<String, ShareableRateRow> shared = new TreeMap<>();
        leaves.forEach((tree, ofTree) -> {
            Release release = releasing.next(
                    Release.NOTHING,
                    new CohortCounts(ofTree),
                    tree.year(),
                    period -> isOver(period, ofTree, today),
                    today);
            ShareableRows rows = new ShareableRows(tree, shareable.horizon().id(), kernel.ruleset(), 0);
            release.rows().forEach((block, row) -> shared.put(rows.key(block), rows.of(block, row)));
            release.suppressed().forEach(block -> shared.put(rows.key(block), rows.suppressed(block, today)));
        });
        return shared;
    }

    /** Cohorts are final a day after the last window of their last course, unless their own counts say otherwise. */
    private boolean isOver(Period period, SortedMap<Block, Tally> leaves, int today) {
        return period.lastDay().plusDays(shareable.horizon().latest()).isBefore(LocalDate.ofEpochDay(today))
                && leaves.entrySet().stream()
                        .filter(leaf -> Block.all(period).contains(leaf.getKey()))
                        .allMatch(leaf -> leaf.getValue().get(Tally.Count.PENDING) == 0);
    }

    private void roll(NetworkGroup group, SortedMap<Integer, Cell> days, int to) {
        for (Window window : Window.values()) {
            SortedMap<Integer, Tally> counts = Roll.of(days, window, Tally.ZERO, days.firstKey(), to);
            RateRows.due(counts, Tally.ZERO)
                    .forEach((day, tally) -> rates.put(RateRows.key(new RowOf(group, window, day)), tally));
        }
    }

    private static Cells withTotals(Cells votes) {
        Cells all = new Cells();
        all.addAll(votes);
        votes.byGroup().forEach((group, days) -> {
            if (!group.treatment().equals(Group.ALL)) {
                days.forEach((day, cell) -> all.add(group.overTreatments(), day, cell));
            }
        });
        return all;
    }
}
