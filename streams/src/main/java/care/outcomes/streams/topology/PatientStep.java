package care.outcomes.streams.topology;

import care.outcomes.schemas.AlertRule;
import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.FeedRules;
import care.outcomes.schemas.Topics;
import care.outcomes.streams.Derivation;
import care.outcomes.streams.Digest;
import care.outcomes.streams.Kernel;
import care.outcomes.streams.feed.VisitDay;
import care.outcomes.streams.measure.MeasureCell;
import care.outcomes.streams.measure.MeasureCounts;
import care.outcomes.streams.measure.MeasureSums;
import care.outcomes.streams.measure.Membership;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.rate.Cells;
import care.outcomes.streams.rate.CohortCells;
import care.outcomes.streams.rate.chart.ChartCase;
import care.outcomes.streams.rate.chart.ChartCases.Place;
import care.outcomes.streams.rate.trajectory.CoursePoint;
import care.outcomes.streams.rate.trajectory.PointCell;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.PatientChart;
import care.outcomes.streams.timeline.PatientEvent;
import care.outcomes.streams.topology.state.Head;
import care.outcomes.streams.topology.state.Published;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Derive and compare: from the facts of a patient and what was published to what is published now. Pure. */
final class PatientStep {

    private final Kernel kernel;
    private final String outcomesRuleset;
    private final String ruleset;
    private final String derivedUnder;
    private final AlertRules rules;
    private final FeedRules feeds;
    private final long settle;
    private final long longAgo;
    private final long past;

    /**
     * Steps under the rules of the catalogue.
     *
     * @param settle how long no fact from long ago may come before grounds from long ago are told
     */
    PatientStep(Kernel kernel, AlertRules rules, FeedRules feeds, Duration settle) {
        this(kernel, kernel.ruleset(), rules, TrajectoryCurves.NONE, feeds, settle);
    }

    /**
     * Steps under rules with overrides. They decide alerts alone, so that all other rows keep naming the catalogue's.
     *
     * @param kernel one with these rules and these curves
     * @param outcomesRuleset ruleset of the catalogue
     * @param curves what courses are compared with, which decides alerts alone too
     */
    PatientStep(
            Kernel kernel,
            String outcomesRuleset,
            AlertRules rules,
            TrajectoryCurves curves,
            FeedRules feeds,
            Duration settle) {
        this.kernel = kernel;
        this.outcomesRuleset = outcomesRuleset;
        this.ruleset = rules.overrides().isEmpty()
                ? outcomesRuleset
                : outcomesRuleset
                        + "+"
                        + Digest.of(rules.overrides().toString()).substring(0, 6);
        this.derivedUnder = curves.name().isEmpty() ? ruleset : ruleset + "~" + curves.name();
        this.rules = rules;
        this.feeds = feeds;
        this.settle = settle.toMillis();
        LongSummaryStatistics fresh = rules.byId().values().stream()
                .map(AlertRule::fresh)
                .collect(Collectors.summarizingLong(Duration::toMillis));
        this.longAgo = fresh.getCount() == 0 ? 0 : fresh.getMin();
        this.past = fresh.getCount() == 0 ? 0 : fresh.getMax();
    }

    /** What it derives under: the rules, overrides among them, and the references. */
    String derivedUnder() {
        return derivedUnder;
    }

    /** The rules of the catalogue. */
    String outcomesRuleset() {
        return outcomesRuleset;
    }

    /**
     * Whether a fact is from so long ago that nothing waits for it by the second: no ground is fresh that it is the latest
     * evidence of. Histories come many facts at a time, and are looked at once.
     */
    boolean isHistory(Fact fact, Moment moment) {
        return !(fact instanceof PatientEvent) && fact.stamp().at() < moment.reach() - past;
    }

    private boolean isOfOtherRules(Head head) {
        return !head.ruleset().startsWith(outcomesRuleset) || head.ruleset().isEmpty();
    }

    /**
     * What a step changes.
     *
     * @param head what is remembered now
     * @param published what is published now
     * @param difference what the patient's votes changed by
     * @param cohorts what the patient's steps in cohorts changed by
     * @param charts what changed in the charts of its clinics
     * @param points what changed of where the patient's courses stand at each dose
     * @param measures what the patient's measures changed by
     * @param rows rows to publish
     */
    record Change(
            Head head,
            Published published,
            Cells difference,
            CohortCells cohorts,
            SortedMap<Place, @Nullable ChartCase> charts,
            SortedMap<CoursePoint, PointCell> points,
            SortedMap<MeasureCell, SortedMap<String, MeasureCounts>> measures,
            List<Output.Row> rows) {}

    /**
     * Takes a step.
     *
     * @param chart what is known of the patient
     * @param arrived what came; null where nothing did
     * @param news its fact, where no key has known that before
     * @param conduct how people have dealt with the patient's alerts
     * @param loading whether a load is open for a clinic
     */
    Change take(
            String patientKey,
            PatientChart.Reading chart,
            PatientChart.@Nullable Arrival arrived,
            @Nullable Fact news,
            Conduct conduct,
            Head head,
            Published before,
            Moment moment,
            Predicate<String> loading) {
        Derivation derivation = kernel.derive(patientKey, chart.facts(), moment.horizon());
        Fact fact = arrived == null ? null : arrived.fact();
        long backdatedAt =
                fact != null && fact.stamp().at() < moment.reach() - longAgo ? moment.now() : head.backdatedAt();
        long linkedAt = linkedAt(chart, arrived, head, moment);
        boolean moved = chart.route().givesWay() || arrived instanceof PatientChart.TakenBack;
        Telling.Result telling = Telling.of(
                conduct.told(),
                derivation.alerts(),
                conduct.actions(),
                new Telling.Delivery(
                        rules,
                        moment,
                        settle == 0 ? 0 : backdatedAt + settle,
                        chart.erased() ? Duration.ZERO : Telling.RETRACTED_FOR,
                        moved ? Telling.MOVED : Telling.GROUND_LOST,
                        linkedAt,
                        news,
                        loading));

        long revision = head.revision() + 1;
        List<Output.Row> rows = new ArrayList<>();
        courses(patientKey, head, before.outcomes(), derivation.outcomes(), revision, moment, rows);
        memberships(patientKey, head, before.memberships(), derivation.memberships(), revision, moment, rows);
        AlertRows alerts = new AlertRows(Intake.networkOf(patientKey), ruleset, revision, moment.now());
        telling.steps().forEach(step -> rows.addAll(alerts.of(step)));

        Head after = new Head(
                chart.own().size(),
                derivedUnder,
                rows.isEmpty() ? head.revision() : revision,
                settle == 0 ? 0 : backdatedAt,
                moment.isBatch() ? Long.MAX_VALUE : Math.min(Math.min(derivation.next(), telling.next()), chart.next()),
                telling.recheck(),
                conduct.actions().size(),
                chart.given().size(),
                chart.route(),
                linkedAt);
        Published published = new Published(
                derivation.outcomes(),
                telling.told(),
                derivation.memberships(),
                VisitDay.of(chart.facts(), moment.horizon(), feeds.scoreWithinDays()));
        return new Change(
                after,
                published,
                kernel.difference(before.outcomes(), derivation.outcomes()),
                kernel.cohortDifference(before.outcomes(), derivation.outcomes()),
                kernel.chartDifference(patientKey, before.outcomes(), derivation.outcomes()),
                kernel.trajectoryDifference(before.outcomes(), derivation.outcomes()),
                MeasureSums.difference(before.memberships(), derivation.memberships()),
                rows);
    }

    /** When the key last began or ceased to give way, or another to give way to it; 0: none, or so long ago that it is over. */
    private static long linkedAt(
            PatientChart.Reading chart, PatientChart.@Nullable Arrival arrived, Head head, Moment moment) {
        if (!chart.route().equals(head.route())
                || arrived instanceof PatientChart.TakenBack
                || (arrived instanceof PatientChart.Taken taken && taken.links())) {
            return moment.now();
        }
        return moment.now() < head.linkedAt() + Telling.HANDED_ON.toMillis() ? head.linkedAt() : 0;
    }

    private void memberships(
            String patientKey,
            Head head,
            List<Membership> before,
            List<Membership> after,
            long revision,
            Moment moment,
            List<Output.Row> rows) {
        Map<String, Membership> gone = new TreeMap<>();
        before.forEach(membership -> gone.put(MeasureRows.key(patientKey, membership), membership));
        boolean sameRules = !isOfOtherRules(head);
        for (Membership membership : after) {
            String key = MeasureRows.key(patientKey, membership);
            if (!membership.equals(gone.remove(key)) || !sameRules) {
                rows.add(new Output.Row(
                        Topics.MEASURE_PATIENT,
                        key,
                        MeasureRows.of(patientKey, membership, outcomesRuleset, revision, moment.now())));
            }
        }
        gone.keySet().forEach(key -> rows.add(new Output.Row(Topics.MEASURE_PATIENT, key, null)));
    }

    private void courses(
            String patientKey,
            Head head,
            List<CourseOutcome> before,
            List<CourseOutcome> after,
            long revision,
            Moment moment,
            List<Output.Row> rows) {
        Map<String, CourseOutcome> gone = new TreeMap<>();
        before.forEach(outcome -> gone.put(CourseRows.key(patientKey, outcome), outcome));
        boolean sameRules = !isOfOtherRules(head);
        for (CourseOutcome outcome : after) {
            String key = CourseRows.key(patientKey, outcome);
            CourseOutcome old = gone.remove(key);
            if (!sameRules || !outcome.equals(old)) {
                rows.add(new Output.Row(
                        Topics.COURSE,
                        key,
                        CourseRows.of(patientKey, outcome, outcomesRuleset, revision, moment.now())));
            }
        }
        gone.keySet().forEach(key -> rows.add(new Output.Row(Topics.COURSE, key, null)));
    }
}
