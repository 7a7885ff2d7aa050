package care.outcomes.streams.outcome;

import care.outcomes.schemas.Instrument;
import care.outcomes.schemas.record.CourseStatus;
import care.outcomes.schemas.record.LossOfResponse;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Strand;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The follow-up scores of a course on one instrument, each classed against the baseline; a fold over scores and hospital
 * admissions in order, one step a fact. Integers decide: response is {@code 2(b−s) ≥ b}, partial {@code 4(b−s) ≥ b},
 * else minimal up to the baseline and worse above it (SEMANTICS §3).
 */
final class Trajectory {

    private final Instrument instrument;
    private final @Nullable Baseline baseline;
    private Strand<FollowUp> followUps = Strand.empty();

    private Progress progress = Progress.NONE;
    /** Response was reached. */
    private boolean responded;
    /** Response or remission was reached: what there is to relapse from. */
    private boolean improved;

    private int best = Integer.MAX_VALUE;
    /** Day of the first of the scores in remission that followed each other up to now; null: not in remission. */
    private @Nullable Integer remittedOn;
    /** Where remission is consistent, the day it set in. */
    private @Nullable Integer onset;
    /** Day of the first of the scores without response that followed each other after response. */
    private @Nullable Integer belowFrom;
    /** Day of the score before, the baseline for the first. */
    private @Nullable Integer previousDay;

    private @Nullable Integer relapsedOn;

    Trajectory(Instrument instrument, @Nullable Baseline baseline) {
        this.instrument = instrument;
        this.baseline = baseline;
        this.previousDay = baseline == null ? null : baseline.day();
    }

    /** The same trajectory up to now, to be carried on by itself. */
    Trajectory copy() {
        Trajectory copy = new Trajectory(instrument, baseline);
        copy.followUps = followUps;
        copy.progress = progress;
        copy.responded = responded;
        copy.improved = improved;
        copy.best = best;
        copy.remittedOn = remittedOn;
        copy.onset = onset;
        copy.belowFrom = belowFrom;
        copy.previousDay = previousDay;
        copy.relapsedOn = relapsedOn;
        return copy;
    }

    /** Whether it goes on alike. */
    boolean meets(Trajectory other) {
        return instrument.id().equals(other.instrument.id())
                && Objects.equals(baseline, other.baseline)
                && progress.equals(other.progress)
                && responded == other.responded
                && improved == other.improved
                && best == other.best
                && Objects.equals(remittedOn, other.remittedOn)
                && Objects.equals(onset, other.onset)
                && Objects.equals(belowFrom, other.belowFrom)
                && Objects.equals(previousDay, other.previousDay)
                && Objects.equals(relapsedOn, other.relapsedOn)
                && followUps.endsAs(other.followUps);
    }

    /** The same trajectory where another takes the place of what it was once. */
    Trajectory after(Trajectory was, Trajectory is) {
        Trajectory after = copy();
        after.followUps = followUps.after(was.followUps, is.followUps);
        return after;
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

    /** Day of the first relapse; null: none. */
    @Nullable
    Integer relapsedOn() {
        return relapsedOn;
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

    /** A stay in hospital after response or remission is a relapse (SUSTAIN-1), shown by the scores after it. */
    void admitted(int day) {
        if (improved && !progress.relapsed()) {
            relapse(day);
        }
    }

    /** Adds the next score; the dose is the number of the one it tells about. */
    void add(Score score, int total, int dose) {
        int day = score.day();
        boolean remission = instrument.remission() != null && total <= instrument.remission();
        CourseStatus status = CourseStatus.NO_BASELINE;
        boolean deteriorated = false;
        if (baseline != null) {
            status = classify(baseline.score(), total);
            deteriorated =
                    instrument.reliableChange() != null && total - baseline.score() >= instrument.reliableChange();
            step(day, total, status == CourseStatus.RESPONSE, remission);
        }
        Integer recall = score.recallDays() == null ? instrument.recallDays() : score.recallDays();
        boolean overlaps = recall != null && previousDay != null && day - previousDay < recall;
        previousDay = day;
        best = Math.min(best, total);
        followUps = followUps.with(new FollowUp(
                day,
                score.stamp().at(),
                total,
                score.factId(),
                dose,
                status,
                remission,
                deteriorated,
                overlaps,
                score.prorated(),
                progress));
    }

    private void step(int day, int total, boolean response, boolean remission) {
        boolean relapsed = progress.relapsed() && !response;
        if (!relapsed && !response && improved && relapses(day, total)) {
            relapse(day);
            relapsed = true;
        }
        if (!remission) {
            remittedOn = null;
        } else if (remittedOn == null) {
            remittedOn = day;
        }
        responded |= response;
        improved |= response || remission;
        LossOfResponse loss = loss(day, response);
        if (relapsed) {
            progress = new Progress(false, false, false, loss, true, progress.recurred());
            return;
        }
        boolean sustained = progress.sustained() || (remittedOn != null && remittedOn < day);
        if (onset == null && spans(remittedOn, day, instrument.consistentDays())) {
            onset = remittedOn;
        }
        boolean recovered = progress.recovered() || (remission && spans(onset, day, instrument.recoveryDays()));
        progress = new Progress(sustained, onset != null, recovered, loss, false, false);
    }

    private static boolean spans(@Nullable Integer from, int to, @Nullable Integer days) {
        return from != null && days != null && to - from >= days;
    }

    private LossOfResponse loss(int day, boolean response) {
        if (response || !responded) {
            belowFrom = null;
            return LossOfResponse.NONE;
        }
        if (belowFrom == null) {
            belowFrom = day;
        }
        return belowFrom < day ? LossOfResponse.LOST : LossOfResponse.WARNING;
    }

    /** Takes away what only relapse takes away; remission begins anew. */
    private void relapse(int day) {
        progress = new Progress(false, false, false, progress.loss(), true, progress.recovered());
        remittedOn = null;
        onset = null;
        if (relapsedOn == null) {
            relapsedOn = day;
        }
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
