package care.outcomes.streams;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.SourceTrust;
import care.outcomes.schemas.Treatments;
import care.outcomes.streams.alert.Ledger;
import care.outcomes.streams.alert.Watches;
import care.outcomes.streams.measure.ChartReview;
import care.outcomes.streams.measure.Measured;
import care.outcomes.streams.measure.QualityMeasures;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.Followed;
import care.outcomes.streams.outcome.PatientWalk;
import care.outcomes.streams.outcome.TimePoints;
import care.outcomes.streams.rate.Cells;
import care.outcomes.streams.rate.CohortCells;
import care.outcomes.streams.rate.CohortVotes;
import care.outcomes.streams.rate.Contributions;
import care.outcomes.streams.rate.chart.ChartCase;
import care.outcomes.streams.rate.chart.ChartCases;
import care.outcomes.streams.rate.chart.ChartCases.Place;
import care.outcomes.streams.rate.trajectory.CoursePoint;
import care.outcomes.streams.rate.trajectory.PointCell;
import care.outcomes.streams.rate.trajectory.PointCells;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.History;
import care.outcomes.streams.timeline.Horizon;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The outcome engine: one pure function from the live facts of a patient, the rules and a horizon to all that is
 * published about the patient. The topology, the batch command, tests and simulation run this same code.
 */
public final class Kernel {

    /** Instrument under which a course counts that was never scored, unless the clinic expects others. */
    public static final String PRIMARY_INSTRUMENT = "phq9";

    private final Instruments instruments;
    private final Treatments treatments;
    private final AlertRules rules;
    private final SourceTrust trust;
    private final TimePoints timePoints;
    private final ChartCases chartCases;
    private final QualityMeasures measures;
    private final TrajectoryCurves curves;
    private final String ruleset;

    public Kernel(
            Instruments instruments,
            Treatments treatments,
            AlertRules rules,
            RateRules rates,
            QualityMeasures measures) {
        this(instruments, treatments, rules, rates, measures, SourceTrust.load());
    }

    public Kernel(
            Instruments instruments,
            Treatments treatments,
            AlertRules rules,
            RateRules rates,
            QualityMeasures measures,
            SourceTrust trust) {
        this(instruments, treatments, rules, rates, measures, trust, TrajectoryCurves.NONE);
    }

    /**
     * A kernel that compares courses with what comparable ones had come to.
     *
     * @param curves as references cut them; not part of the ruleset: references are data, named where they are used
     */
    public Kernel(
            Instruments instruments,
            Treatments treatments,
            AlertRules rules,
            RateRules rates,
            QualityMeasures measures,
            SourceTrust trust,
            TrajectoryCurves curves) {
        this.curves = curves;
        this.instruments = instruments;
        this.treatments = treatments;
        this.rules = rules;
        this.trust = trust;
        this.timePoints = new TimePoints(rates, instruments);
        this.chartCases = new ChartCases(rates);
        this.measures = measures;
        this.ruleset = ruleset(instruments, treatments, rules, rates, measures, trust);
    }

    /** Identifies the rules that results are derived under: changes with anything that changes a result. */
    public String ruleset() {
        return ruleset;
    }

    /**
     * Derives.
     *
     * @param patientKey key of the patient, {@code network.hash}
     * @param facts live version of each fact, withdrawn ones among them, in any order
     * @param horizon how far to read
     */
    public Derivation derive(String patientKey, Collection<Fact> facts, Horizon horizon) {
        return patient(patientKey, facts).derive(horizon);
    }

    /**
     * A patient whose facts come one by one.
     *
     * @param facts those known, in the order of their places
     */
    public Patient patient(String patientKey, Collection<Fact> facts) {
        return new Patient(this, patientKey, facts);
    }

    /** What facts tell, all of which count. */
    History history(Collection<Fact> facts) {
        return History.of(facts, treatments, trust);
    }

    PatientWalk walk() {
        return new PatientWalk(instruments, treatments, PRIMARY_INSTRUMENT);
    }

    ChartReview review() {
        return measures.review();
    }

    /**
     * Reads a walk.
     *
     * @param review what quality measures made of it when it was read before
     * @param watches what rules about alerts did
     * @param ahead instant of the first fact after the horizon, epoch milliseconds
     */
    Derivation read(
            String patientKey, PatientWalk walk, ChartReview review, Watches watches, Horizon horizon, long ahead) {
        List<Followed> courses = walk.read(horizon);
        Measured measured =
                review.read(walk.scores(), walk.visits(), walk.events().all(), walk.diedOn(), horizon);
        Ledger ledger = Ledger.of(
                patientKey,
                walk.suicideAnswers(),
                walk.events(),
                courses,
                horizon,
                instruments,
                rules,
                PRIMARY_INSTRUMENT,
                curves,
                watches);
        List<CourseOutcome> outcomes = new ArrayList<>();
        int nextDay = ledger.nextDay();
        for (Followed followed : courses) {
            followed.outcomes().forEach(outcome -> outcomes.add(timePoints.of(outcome)));
            nextDay = Math.min(nextDay, followed.nextDay());
        }
        nextDay = Math.min(nextDay, measured.nextDay());
        return new Derivation(
                List.copyOf(outcomes),
                ledger.alerts(),
                measured.memberships(),
                Math.min(ahead, startOf(nextDay, horizon)));
    }

    /** By how much the patient's votes change in every group, from the course rows alone. */
    public Cells difference(Collection<CourseOutcome> before, Collection<CourseOutcome> after) {
        return Contributions.difference(before, after, PRIMARY_INSTRUMENT);
    }

    /** By how much the patient's steps change in every cohort, from the course rows alone. */
    public CohortCells cohortDifference(Collection<CourseOutcome> before, Collection<CourseOutcome> after) {
        return CohortVotes.difference(before, after, PRIMARY_INSTRUMENT);
    }

    /** What changes in the charts of each clinic, from the course rows alone; null: a case is there no longer. */
    public SortedMap<Place, @Nullable ChartCase> chartDifference(
            String patientKey, Collection<CourseOutcome> before, Collection<CourseOutcome> after) {
        return chartCases.difference(patientKey, before, after);
    }

    /** By how much what is counted for expected courses changes, from the course rows alone. */
    public SortedMap<CoursePoint, PointCell> trajectoryDifference(
            List<CourseOutcome> before, List<CourseOutcome> after) {
        return PointCells.difference(before, after);
    }

    private static String ruleset(
            Instruments instruments,
            Treatments treatments,
            AlertRules rules,
            RateRules rates,
            QualityMeasures measures,
            SourceTrust trust) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(instruments.byId()).values().forEach(text::append);
        new TreeMap<>(treatments.byId()).values().forEach(text::append);
        text.append(rules);
        text.append(rates).append(measures);
        text.append(new TreeMap<>(trust.bySource()));
        return Digest.of(text.toString()).substring(0, 12);
    }

    private static long startOf(int day, Horizon horizon) {
        return day == Integer.MAX_VALUE
                ? Long.MAX_VALUE
                : LocalDate.ofEpochDay(day)
                        .atStartOfDay(horizon.zone())
                        .toInstant()
                        .toEpochMilli();
    }
}
