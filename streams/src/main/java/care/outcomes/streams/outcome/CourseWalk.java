package care.outcomes.streams.outcome;

import care.outcomes.schemas.Instrument;
import care.outcomes.schemas.Treatment;
import care.outcomes.schemas.record.Phase;
import care.outcomes.schemas.record.Timing;
import care.outcomes.streams.timeline.Dose;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.PatientEvent;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Strand;
import care.outcomes.streams.timeline.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One course on its way through time (SEMANTICS §3): its doses, what ends it, and the scores of its span. */
final class CourseWalk {

    private final Treatment treatment;
    private final int ordinal;
    private final Dose first;
    private final @Nullable Integer priorTrials;
    private final Map<String, Trajectory> byInstrument = new TreeMap<>();
    private final Life life;
    private Strand<Dose> doses = Strand.empty();
    private Strand<FollowUp> scores = Strand.empty();
    private Strand<Step> steps = Strand.empty();
    /** Doses that are among the steps: one of today waits for scores before it. */
    private int told;

    private @Nullable Dose successor;
    private @Nullable String series;

    private CourseWalk(Treatment treatment, int ordinal, Dose first, @Nullable Integer priorTrials, Life life) {
        this.treatment = treatment;
        this.ordinal = ordinal;
        this.first = first;
        this.priorTrials = priorTrials;
        this.life = life;
    }

    /**
     * A course begins.
     *
     * @param ordinal number among the patient's courses of the treatment, from 1
     * @param priorTrials adequate trials that had failed before, null: not told
     */
    static CourseWalk begin(Treatment treatment, int ordinal, Dose first, @Nullable Integer priorTrials) {
        CourseWalk course = new CourseWalk(treatment, ordinal, first, priorTrials, new Life(treatment));
        course.dose(first);
        return course;
    }

    /** The same course up to now, to be carried on by itself. */
    CourseWalk copy() {
        CourseWalk copy = new CourseWalk(treatment, ordinal, first, priorTrials, life.copy());
        byInstrument.forEach((id, trajectory) -> copy.byInstrument.put(id, trajectory.copy()));
        copy.doses = doses;
        copy.scores = scores;
        copy.steps = steps;
        copy.told = told;
        copy.successor = successor;
        copy.series = series;
        return copy;
    }

    /** Whether it goes on alike: a dose is counted among all, and what is not told yet is still to be. */
    boolean meets(CourseWalk other) {
        return isSameAs(other)
                && first.equals(other.first)
                && Objects.equals(priorTrials, other.priorTrials)
                && doses.size() == other.doses.size()
                && doses.endsAs(other.doses)
                && told == other.told
                && doses.subList(told, doses.size()).equals(other.doses.subList(told, doses.size()))
                && Objects.equals(successor, other.successor)
                && Objects.equals(series, other.series)
                && life.meets(other.life)
                && byInstrument.size() == other.byInstrument.size()
                && trajectoriesMeet(other);
    }

    private boolean trajectoriesMeet(CourseWalk other) {
        for (Map.Entry<String, Trajectory> entry : byInstrument.entrySet()) {
            Trajectory met = other.byInstrument.get(entry.getKey());
            if (met == null || !entry.getValue().meets(met)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the other is this course, be it at another time. */
    boolean isSameAs(CourseWalk other) {
        return ordinal == other.ordinal && treatment.id().equals(other.treatment.id());
    }

    /** The same course where another takes the place of what it was once. */
    CourseWalk after(CourseWalk was, CourseWalk is) {
        CourseWalk after = new CourseWalk(treatment, ordinal, first, priorTrials, life.after(was.life, is.life));
        byInstrument.forEach((id, trajectory) -> {
            Trajectory before = was.byInstrument.get(id);
            Trajectory now = is.byInstrument.get(id);
            after.byInstrument.put(id, before == null || now == null ? trajectory : trajectory.after(before, now));
        });
        after.doses = doses.after(was.doses, is.doses);
        after.scores = scores.after(was.scores, is.scores);
        after.steps = steps.after(was.steps, is.steps);
        after.told = told;
        after.successor = successor;
        after.series = series;
        return after;
    }

    Treatment treatment() {
        return treatment;
    }

    int ordinal() {
        return ordinal;
    }

    Dose first() {
        return first;
    }

    Life life() {
        return life;
    }

    /** Whether a dose of the treatment goes on with this course: not after the gap, and not in another series. */
    boolean goesOnWith(Dose dose) {
        boolean afterGap = dose.day() - last().day() > treatment.gap();
        boolean another =
                dose.series() != null && series != null && !dose.series().equals(series);
        return !afterGap && !another;
    }

    /** A dose of the course. */
    void dose(Dose dose) {
        tell(Strand.countBefore(dose.day(), doses.subList(told, doses.size()), Dose::day) + told);
        doses = doses.with(dose);
        series = dose.series() == null ? series : dose.series();
        life.dose(dose);
    }

    /** A course of the same treatment or its switch group begins: it ends this one, and the first cuts its span for good. */
    void succeededBy(Dose begins) {
        if (successor == null) {
            successor = begins;
        }
        boolean same = begins.treatment().equals(treatment.id());
        life.close(begins.day(), same ? Closing.Reason.NEXT_COURSE : Closing.Reason.SWITCHED);
    }

    /** The score a course starts from on an instrument. */
    void baseline(Instrument instrument, Baseline baseline) {
        byInstrument.put(instrument.id(), new Trajectory(instrument, baseline));
    }

    /** A score of the span: contact, and where the instrument tells of outcomes a follow-up. */
    void score(Score score, @Nullable Instrument instrument) {
        life.contact(score.day());
        Integer total = score.total();
        int dose = doseBefore(score);
        tell(dose);
        if (instrument == null || !instrument.outcome() || total == null) {
            steps = steps.with(new Step.Screened(score));
            return;
        }
        Trajectory trajectory = byInstrument.computeIfAbsent(instrument.id(), id -> new Trajectory(instrument, null));
        trajectory.add(score, total, dose);
        FollowUp last = trajectory.followUps().get(trajectory.followUps().size() - 1);
        scores = scores.with(last);
        steps = steps.with(new Step.Scored(instrument.id(), last));
    }

    /** A visit; it counts while the course is open. */
    void visit(Visit visit) {
        if (life.visit(visit.day())) {
            tell(doses.size());
            steps = steps.with(new Step.Visited(visit));
        }
    }

    /** The doses up to a number are among the steps from now on. */
    private void tell(int number) {
        while (told < number) {
            steps = steps.with(new Step.Given(doses.get(told), ++told));
        }
    }

    /** What has happened, with the doses of today. */
    private List<Step> steps() {
        Strand<Step> all = steps;
        for (int number = told; number < doses.size(); number++) {
            all = all.with(new Step.Given(doses.get(number), number + 1));
        }
        return all;
    }

    /** The patient is admitted to hospital. */
    void admission(PatientEvent admission) {
        if (Fact.ORDER.compare(admission, first) > 0
                && (successor == null || Fact.ORDER.compare(admission, successor) < 0)
                && admission.day() - last().day() <= treatment.followUp()) {
            byInstrument.values().forEach(trajectory -> trajectory.admitted(admission.day()));
            int before = told;
            while (before < doses.size() && Fact.ORDER.compare(doses.get(before), admission) < 0) {
                before++;
            }
            tell(before);
            steps = steps.with(new Step.Admitted(admission));
        }
    }

    /** Whether no later fact can change the course: its span is cut, and doses of its treatment go elsewhere. */
    boolean over(boolean lastOfTreatment, int day) {
        return successor != null && successor.day() < day && !lastOfTreatment;
    }

    /** Whether the span of the course holds a score. */
    boolean holds(Score score) {
        if (before(score, first) || (successor != null && !before(score, successor))) {
            return false;
        }
        int dose = doseBefore(score);
        return dose > 0 && score.day() - doses.get(dose - 1).day() <= treatment.followUp();
    }

    /** Number of the last dose strictly before a score, from 1; 0: before all of them. */
    private int doseBefore(Score score) {
        int number = doses.size();
        while (number > 0 && before(score, doses.get(number - 1))) {
            number--;
        }
        return number;
    }

    /**
     * Whether a score comes before a dose: by day; on one day a mark decides, else the clock if both have a time, else
     * the score is before the dose.
     */
    static boolean before(Score score, Dose dose) {
        if (score.day() != dose.day()) {
            return score.day() < dose.day();
        }
        if (score.timing() == Timing.PRE) {
            return true;
        }
        if (score.timing() == Timing.POST) {
            return false;
        }
        return !score.stamp().timed()
                || !dose.stamp().timed()
                || score.stamp().at() <= dose.stamp().at();
    }

    /** The course as it stands at the end of a day. */
    Followed read(
            int day,
            List<String> concurrent,
            @Nullable Integer diedOn,
            List<Integer> consentSteps,
            @Nullable String currentClinic,
            String primaryInstrument) {
        Integer lastInductionDose = life.lastInductionDose(doses, day);
        boolean inductionOver = lastInductionDose != null;
        Course course = new Course(
                first.stamp().clinicId(),
                first.stamp().zone(),
                treatment.id(),
                ordinal,
                first.factId(),
                first.day(),
                first.stamp().timed() ? first.stamp().at() : null,
                life.closing(day),
                (first.doseNumber() != null && first.doseNumber() > 1) || first.phase() == Phase.MAINTENANCE,
                doses.size(),
                inductionOver ? Phase.MAINTENANCE : Phase.INDUCTION,
                concurrent,
                life.contacts(),
                lastInductionDose,
                diedOn,
                priorTrials,
                consentSteps,
                currentClinic);
        Closing due = life.due(day);
        int closes = due == null ? Integer.MAX_VALUE : due.day();
        return new Followed(
                course,
                treatment,
                doses,
                life.planned(),
                scores,
                steps(),
                outcomes(course, primaryInstrument),
                inductionOver ? closes : Math.min(closes, life.inductionLapses()));
    }

    private List<CourseOutcome> outcomes(Course course, String primaryInstrument) {
        List<CourseOutcome> outcomes = new ArrayList<>();
        byInstrument.forEach((id, trajectory) -> {
            Baseline baseline = trajectory.baseline();
            int from = baseline != null
                    ? course.openedOn()
                    : trajectory.followUps().get(0).day();
            outcomes.add(new CourseOutcome(
                    course,
                    id,
                    baseline,
                    exclusion(course, trajectory),
                    from,
                    trajectory.followUps(),
                    trajectory.relapsedOn()));
        });
        if (outcomes.isEmpty()) {
            CourseOutcome.Exclusion exclusion = course.leftTruncated()
                    ? CourseOutcome.Exclusion.LEFT_TRUNCATED
                    : CourseOutcome.Exclusion.NO_BASELINE;
            outcomes.add(
                    new CourseOutcome(course, primaryInstrument, null, exclusion, course.openedOn(), List.of(), null));
        }
        return List.copyOf(outcomes);
    }

    private CourseOutcome.@Nullable Exclusion exclusion(Course course, Trajectory trajectory) {
        Baseline baseline = trajectory.baseline();
        if (course.leftTruncated()) {
            return CourseOutcome.Exclusion.LEFT_TRUNCATED;
        }
        if (baseline == null) {
            return ScaleSwitch.tookOver(trajectory, byInstrument.values())
                    ? CourseOutcome.Exclusion.SCALE_SWITCHED
                    : CourseOutcome.Exclusion.NO_BASELINE;
        }
        if (baseline.score() == 0) {
            return CourseOutcome.Exclusion.ZERO_BASELINE;
        }
        Integer floor = trajectory.instrument().floor();
        return floor != null && baseline.score() < floor ? CourseOutcome.Exclusion.BELOW_FLOOR : null;
    }

    private Dose last() {
        return doses.get(doses.size() - 1);
    }
}
