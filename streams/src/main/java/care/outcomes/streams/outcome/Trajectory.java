package care.outcomes.streams.outcome;

import care.outcomes.schemas.Instrument;
import care.outcomes.schemas.record.CourseStatus;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Strand;
import org.jspecify.annotations.Nullable;

/**
 * The follow-up scores of a course on one instrument, each classed against the baseline; a fold over the scores in
 * order. Integers decide: response is {@code 2(b−s) ≥ b}, partial {@code 4(b−s) ≥ b}, else minimal up to the baseline
 * and worse above it (SEMANTICS §3).
 */
final class Trajectory {

    private final Instrument instrument;
    private final @Nullable Baseline baseline;
    private Strand<FollowUp> followUps = Strand.empty();
    private boolean responded;
    private boolean relapsed;
    private boolean sustained;
    private int best = Integer.MAX_VALUE;
    private @Nullable Integer remittedOn;

    Trajectory(Instrument instrument, @Nullable Baseline baseline) {
        this.instrument = instrument;
        this.baseline = baseline;
    }

    /** The same trajectory up to now, to be carried on by itself. */
    Trajectory copy() {
        Trajectory copy = new Trajectory(instrument, baseline);
        copy.followUps = followUps;
        copy.responded = responded;
        copy.relapsed = relapsed;
        copy.sustained = sustained;
        copy.best = best;
        copy.remittedOn = remittedOn;
        return copy;
    }

    Instrument instrument() {
        return instrument;
    }

    @Nullable
    Baseline baseline() {
        return baseline;
    }

    /** The follow-up scores so far. */
    Strand<FollowUp> followUps() {
        return followUps;
    }

    /** Class of a score against a baseline. */
    static CourseStatus classify(int baseline, int score) {
        int fall = baseline - score;
        if (baseline == 0) {
            return CourseStatus.NOT_EVALUABLE;
        }
        if (2 * fall >= baseline) {
            return CourseStatus.RESPONSE;
        }
        if (4 * fall >= baseline) {
            return CourseStatus.PARTIAL;
        }
        return fall >= 0 ? CourseStatus.MINIMAL : CourseStatus.WORSE;
    }

    /** Adds the next score; the dose is the number of the one it tells about. */
    void add(Score score, int total, int dose) {
        boolean remission = instrument.remission() != null && total <= instrument.remission();
        CourseStatus status = CourseStatus.NO_BASELINE;
        boolean deteriorated = false;
        if (baseline != null) {
            status = classify(baseline.score(), total);
            deteriorated =
                    instrument.reliableChange() != null && total - baseline.score() >= instrument.reliableChange();
            boolean response = status == CourseStatus.RESPONSE;
            relapsed = !response && (relapsed || (responded && relapses(score.day(), total)));
            responded = responded || response || remission;
            sustained = !relapsed && (sustained || (remission && remittedOn != null && remittedOn < score.day()));
            if (!remission) {
                remittedOn = null;
            } else if (remittedOn == null) {
                remittedOn = score.day();
            }
        }
        best = Math.min(best, total);
        followUps = followUps.with(new FollowUp(
                score.day(),
                score.stamp().at(),
                total,
                score.factId(),
                dose,
                status,
                remission,
                deteriorated,
                sustained,
                relapsed));
    }

    /** The relapse criterion of the instrument (domain.md §1.1), given response or remission before. */
    private boolean relapses(int day, int total) {
        Instrument.Relapse rule = instrument.relapse();
        if (rule == null || total < rule.atLeast()) {
            return false;
        }
        if (rule.singleRise() != null && total - best >= rule.singleRise()) {
            return true;
        }
        FollowUp previous = followUps.get(followUps.size() - 1);
        int gap = day - previous.day();
        return previous.score() >= rule.atLeast()
                && gap >= rule.minGapDays()
                && (rule.maxGapDays() == null || gap <= rule.maxGapDays());
    }
}
