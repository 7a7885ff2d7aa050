package care.outcomes.streams.outcome;

import care.outcomes.schemas.Instrument;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.record.Phase;
import care.outcomes.schemas.record.Timing;
import care.outcomes.streams.timeline.Dose;
import care.outcomes.streams.timeline.History;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All courses of a patient with their outcomes, read up to a horizon. */
public final class PatientCourses {

    private final Instruments instruments;
    private final String primaryInstrument;
    private final History history;
    private final Horizon horizon;

    private PatientCourses(Instruments instruments, String primaryInstrument, History history, Horizon horizon) {
        this.instruments = instruments;
        this.primaryInstrument = primaryInstrument;
        this.history = history;
        this.horizon = horizon;
    }

    /**
     * One course with what it was made from.
     *
     * @param course the course
     * @param series its doses
     * @param outcomes where it stands on each instrument, by instrument
     * @param nextDay first day after the horizon on which it changes without a new fact; {@link Integer#MAX_VALUE}:
     *     never
     */
    public record Followed(Course course, Series series, List<CourseOutcome> outcomes, int nextDay) {}

    /**
     * The courses, by treatment and ordinal.
     *
     * @param primaryInstrument instrument of a course that was never scored
     */
    public static List<Followed> of(
            History history,
            Horizon horizon,
            Instruments instruments,
            Treatments treatments,
            String primaryInstrument) {
        PatientCourses courses = new PatientCourses(instruments, primaryInstrument, history, horizon);
        List<Lived> lived = new ArrayList<>();
        for (Series series : Series.split(history, treatments)) {
            List<Score> followUps =
                    history.scores().stream().filter(series::holds).toList();
            lived.add(new Lived(series, followUps, new Life(series, followUps, history, horizon.day())));
        }
        return lived.stream().map(one -> courses.followed(one, lived)).toList();
    }

    private record Lived(Series series, List<Score> followUps, Life life) {

        int openedOn() {
            return series.first().day();
        }

        boolean overlaps(Lived other) {
            return begunBeforeEndOf(other) && other.begunBeforeEndOf(this);
        }

        private boolean begunBeforeEndOf(Lived other) {
            Closing end = other.life.closing();
            return end == null || openedOn() < end.day();
        }
    }

    private Followed followed(Lived lived, List<Lived> all) {
        Series series = lived.series;
        Dose first = series.first();
        TreeSet<String> concurrent = new TreeSet<>();
        for (Lived other : all) {
            String treatment = other.series.treatment().id();
            if (!treatment.equals(series.treatment().id()) && lived.overlaps(other)) {
                concurrent.add(treatment);
            }
        }
        Integer lastInductionDose = lived.life.lastInductionDose(horizon.day());
        boolean inductionOver = lastInductionDose != null;
        Course course = new Course(
                first.stamp().clinicId(),
                first.stamp().zone(),
                series.treatment().id(),
                series.ordinal(),
                first.factId(),
                first.day(),
                first.stamp().timed() ? first.stamp().at() : null,
                lived.life.closing(),
                (first.doseNumber() != null && first.doseNumber() > 1) || first.phase() == Phase.MAINTENANCE,
                series.doses().size(),
                inductionOver ? Phase.MAINTENANCE : Phase.INDUCTION,
                List.copyOf(concurrent),
                List.copyOf(lived.life.contacts()),
                lastInductionDose,
                history.diedOn().isPresent() ? history.diedOn().getAsInt() : null,
                priorTrials(first.day()),
                history.consentSteps(),
                history.transferredTo(Long.MAX_VALUE));
        return new Followed(course, series, outcomes(course, lived), nextDay(lived, inductionOver));
    }

    /** What the last visit up to a day told; a visit that tells nothing takes nothing back. */
    private @Nullable Integer priorTrials(int day) {
        Integer told = null;
        for (Visit visit : history.visits()) {
            if (visit.priorTrials() != null && visit.day() <= day) {
                told = visit.priorTrials();
            }
        }
        return told;
    }

    private static int nextDay(Lived lived, boolean inductionOver) {
        Closing due = lived.life.due();
        int closes = due == null ? Integer.MAX_VALUE : due.day();
        List<Dose> doses = lived.series.doses();
        int matures =
                doses.get(doses.size() - 1).day() + lived.series.treatment().seriesGap() + 1;
        return inductionOver ? closes : Math.min(closes, matures);
    }

    private List<CourseOutcome> outcomes(Course course, Lived lived) {
        TreeSet<String> scored = new TreeSet<>();
        lived.followUps.forEach(score -> scored.add(score.instrument()));
        history.scores().forEach(score -> scored.add(score.instrument()));
        List<CourseOutcome> outcomes = new ArrayList<>();
        for (String id : scored) {
            Instrument instrument =
                    instruments.find(id).filter(Instrument::outcome).orElse(null);
            if (instrument != null) {
                List<Score> scores = lived.followUps.stream()
                        .filter(score -> score.instrument().equals(id))
                        .toList();
                Baseline baseline = baseline(id, lived.series);
                if (baseline != null || !scores.isEmpty()) {
                    int from =
                            baseline != null ? course.openedOn() : scores.get(0).day();
                    outcomes.add(new CourseOutcome(
                            course,
                            id,
                            baseline,
                            exclusion(course, instrument, baseline),
                            from,
                            Trajectory.of(instrument, baseline, lived.series, scores)));
                }
            }
        }
        if (outcomes.isEmpty()) {
            CourseOutcome.Exclusion exclusion = course.leftTruncated()
                    ? CourseOutcome.Exclusion.LEFT_TRUNCATED
                    : CourseOutcome.Exclusion.NO_BASELINE;
            outcomes.add(new CourseOutcome(course, primaryInstrument, null, exclusion, course.openedOn(), List.of()));
        }
        return List.copyOf(outcomes);
    }

    /** The last valid score at or before the first dose, not too old; never one marked POST (SEMANTICS §3). */
    private @Nullable Baseline baseline(String instrument, Series series) {
        Dose first = series.first();
        Baseline baseline = null;
        for (Score score : history.scores()) {
            Integer total = score.total();
            if (total != null
                    && score.instrument().equals(instrument)
                    && score.timing() != Timing.POST
                    && Series.before(score, first)
                    && first.day() - score.day() <= series.treatment().baselineAge()) {
                baseline = new Baseline(total, score.day(), score.factId());
            }
        }
        return baseline;
    }

    private static CourseOutcome.@Nullable Exclusion exclusion(
            Course course, Instrument instrument, @Nullable Baseline baseline) {
        if (course.leftTruncated()) {
            return CourseOutcome.Exclusion.LEFT_TRUNCATED;
        }
        if (baseline == null) {
            return CourseOutcome.Exclusion.NO_BASELINE;
        }
        if (baseline.score() == 0) {
            return CourseOutcome.Exclusion.ZERO_BASELINE;
        }
        return instrument.floor() != null && baseline.score() < instrument.floor()
                ? CourseOutcome.Exclusion.BELOW_FLOOR
                : null;
    }
}
