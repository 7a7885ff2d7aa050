package care.outcomes.streams.oracle;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.Instrument;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.SourceTrust;
import care.outcomes.schemas.Treatment;
import care.outcomes.schemas.Treatments;
import care.outcomes.streams.Derivation;
import care.outcomes.streams.Kernel;
import care.outcomes.streams.history.History;
import care.outcomes.streams.measure.Membership;
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
import care.outcomes.streams.rate.trajectory.TrajectoryCurves;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves.Curve;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves.Point;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.PatientCharts;
import care.outcomes.streams.timeline.Timeline;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** What a history comes to by the kernel: facts folded in order of arrival, derived, voted, rolled. */
final class KernelReading {

    static final Instruments INSTRUMENTS = Instruments.load();

    /** As shipped, but for one treatment whose doses stopped early count. */
    static final Treatments TREATMENTS = withStoppedEarly(Treatments.load(), "RTMS");

    private static final AlertRules RULES = AlertRules.load();
    private static final RateRules RATES = RateRules.load();
    private static final QualityMeasures MEASURES = QualityMeasures.load();
    private static final SourceTrust TRUST = SourceTrust.load();

    static final Kernel KERNEL = new Kernel(INSTRUMENTS, TREATMENTS, RULES, RATES, MEASURES, TRUST);

    private KernelReading() {}

    /** The kernel of a history, with curves for its network from before it began: some scores lie above them, some below. */
    static Kernel kernel(History history) {
        List<Curve> curves = new ArrayList<>();
        for (String treatment : List.of("KETAMINE_IV", "KETAMINE_IM", "ESKETAMINE_IN", "RTMS")) {
            for (Instrument instrument : INSTRUMENTS.byId().values()) {
                for (int band = 0; band <= instrument.bands().size(); band++) {
                    for (int dose = 1; dose <= 8; dose++) {
                        Point point = new Point(history.networkId(), treatment, instrument.id(), band, dose);
                        curves.add(new Curve(point, YearMonth.of(2021, 10), 30, 20, 35, 50, 60, 75));
                    }
                }
            }
        }
        return new Kernel(INSTRUMENTS, TREATMENTS, RULES, RATES, MEASURES, TRUST, new TrajectoryCurves(curves));
    }

    /**
     * Reads.
     *
     * @param timelines the facts by patient
     * @param asOf last day that is read, epoch day
     * @param days days to count on
     */
    static Reading of(Map<String, Timeline> timelines, int asOf, SortedSet<Integer> days) {
        Reading reading = new Reading();
        Cells cells = new Cells();
        CohortCells cohorts = new CohortCells();
        timelines.forEach((patientKey, timeline) -> {
            Derivation derived = KERNEL.derive(patientKey, timeline.facts(endOf(asOf)), endOf(asOf));
            derived.outcomes().forEach(outcome -> reading.courses().add(CourseLine.of(patientKey, outcome)));
            derived.memberships().stream()
                    .filter(Membership::initialPopulation)
                    .forEach(membership -> reading.measures()
                            .put(
                                    patientKey + " " + membership.measure() + " " + membership.period(),
                                    text(membership)));
            cells.addAll(KERNEL.difference(List.of(), derived.outcomes()));
            cohorts.addAll(KERNEL.cohortDifference(List.of(), derived.outcomes()));
        });
        addTreatmentsUp(cells).byGroup().forEach((group, cell) -> roll(group, cell, days, reading.counts()));
        cohorts.withTotals()
                .byCohort()
                .forEach((cohort, cell) -> cell.strataOn(asOf)
                        .forEach((stratum, tally) ->
                                reading.cohorts().put(text(cohort) + " | " + text(stratum), tally)));
        return reading;
    }

    private static String text(Membership membership) {
        return String.join(
                " ",
                membership.clinicId(),
                membership.stratum() == null ? "of no age" : membership.stratum(),
                membership.excluded() ? "excluded" : "counts",
                membership.numerator() ? "success" : "none",
                membership.closed() ? "final" : "open");
    }

    private static String text(Cohort cohort) {
        Group group = cohort.group();
        return String.join(
                " ",
                group.clinicId(),
                group.treatment(),
                group.instrument(),
                cohort.horizon(),
                cohort.month().toString());
    }

    private static String text(Stratum stratum) {
        return String.join(
                " ",
                stratum.treatment(),
                Integer.toString(stratum.band()),
                stratum.prior().name(),
                stratum.consents() ? "consents" : "does not");
    }

    /** Folds facts in the order they arrive in. */
    static Map<String, Timeline> timelines(List<SpecificRecord> arrivals) {
        Map<String, Timeline> timelines = new TreeMap<>();
        for (SpecificRecord arrival : arrivals) {
            Fact fact = PlainFacts.of(arrival);
            timelines
                    .computeIfAbsent(History.patientKey(arrival), key -> new Timeline(List.of()))
                    .fold(fact);
        }
        return timelines;
    }

    /** Folds facts in the order they arrive in, and gives them to the keys they count under. */
    static Map<String, Timeline> charts(List<SpecificRecord> arrivals, int asOf) {
        PatientCharts charts = new PatientCharts(endOf(asOf));
        arrivals.forEach(arrival -> charts.record(History.patientKey(arrival), PlainFacts.of(arrival)));
        Map<String, Timeline> timelines = new TreeMap<>();
        charts.counting().forEach((key, facts) -> timelines.put(key, new Timeline(facts)));
        return timelines;
    }

    static Horizon endOf(int day) {
        return Horizon.endOf(LocalDate.ofEpochDay(day), ZoneOffset.UTC);
    }

    /** What the totals task does: the cells of all treatments also count in the group over treatments. */
    private static Cells addTreatmentsUp(Cells cells) {
        Cells sum = new Cells();
        sum.addAll(cells);
        cells.byGroup().forEach((group, days) -> {
            if (!group.treatment().equals(Group.ALL)) {
                days.forEach((day, cell) -> sum.add(group.overTreatments(), day, cell));
            }
        });
        return sum;
    }

    private static void roll(
            Group group, SortedMap<Integer, Cell> days, SortedSet<Integer> sample, Map<CountKey, Tally> into) {
        int from = days.firstKey();
        for (Window window : Window.values()) {
            SortedMap<Integer, Tally> rolled = Roll.of(days, window, Tally.ZERO, from, sample.last());
            for (int day : sample.tailSet(from)) {
                Tally counts = rolled.getOrDefault(day, Tally.ZERO);
                if (!counts.isZero()) {
                    into.put(new CountKey(group, window, day), counts);
                }
            }
        }
    }

    private static Treatments withStoppedEarly(Treatments shipped, String id) {
        Map<String, Treatment> byId = new HashMap<>(shipped.byId());
        byId.computeIfPresent(
                id,
                (key, t) -> new Treatment(
                        t.id(),
                        t.name(),
                        t.switchGroup(),
                        t.doseCounted(),
                        t.plannedDoses(),
                        true,
                        t.gap(),
                        t.seriesGap(),
                        t.dropOut(),
                        t.followUp(),
                        t.baselineAge(),
                        t.measurementDue(),
                        t.tiers(),
                        t.looks(),
                        t.amounts(),
                        t.schedule()));
        return new Treatments(byId);
    }
}
