package care.outcomes.streams.outcome;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a course stands on one instrument.
 *
 * @param course the course
 * @param instrument catalogue id
 * @param baseline the score it starts from, null without a valid one
 * @param exclusion why it is outside rates; null: evaluable
 * @param scoredFrom first day it counts under this instrument: the opening with a baseline, else the first follow-up
 *     score with it; the opening for the primary instrument of a course that was never scored
 * @param followUps follow-up scores in order
 * @param relapsedOn day of the first relapse, epoch day; null: none
 * @param band band of severity of the baseline, 0 the mildest; {@link #NO_BAND} where the course is outside rates
 * @param timePoints what it says at each cohort horizon; empty for a course that is in no cohort
 */
public record CourseOutcome(
        Course course,
        String instrument,
        @Nullable Baseline baseline,
        @Nullable Exclusion exclusion,
        int scoredFrom,
        List<FollowUp> followUps,
        @Nullable Integer relapsedOn,
        int band,
        List<TimePoint> timePoints) {

    /** Band of a course outside rates. */
    public static final int NO_BAND = -1;

    /** A row not yet looked at for cohorts. */
    CourseOutcome(
            Course course,
            String instrument,
            @Nullable Baseline baseline,
            @Nullable Exclusion exclusion,
            int scoredFrom,
            List<FollowUp> followUps,
            @Nullable Integer relapsedOn) {
        this(course, instrument, baseline, exclusion, scoredFrom, followUps, relapsedOn, NO_BAND, List.of());
    }

    CourseOutcome looked(int band, List<TimePoint> timePoints) {
        return new CourseOutcome(
                course, instrument, baseline, exclusion, scoredFrom, followUps, relapsedOn, band, timePoints);
    }

    /** Why a course is outside rates; where several hold, the first named counts. */
    public enum Exclusion {
        LEFT_TRUNCATED,
        SCALE_SWITCHED,
        NO_BASELINE,
        ZERO_BASELINE,
        BELOW_FLOOR
    }

    /** Whether the course counts in rates. */
    public boolean evaluable() {
        return exclusion == null;
    }
}
