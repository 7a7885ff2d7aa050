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
 */
public record CourseOutcome(
        Course course,
        String instrument,
        @Nullable Baseline baseline,
        @Nullable Exclusion exclusion,
        int scoredFrom,
        List<FollowUp> followUps) {

    /** Why a course is outside rates; where several hold, the first named counts. */
    public enum Exclusion {
        LEFT_TRUNCATED,
        NO_BASELINE,
        ZERO_BASELINE,
        BELOW_FLOOR,
        SCALE_SWITCHED
    }

    /** Whether the course counts in rates. */
    public boolean evaluable() {
        return exclusion == null;
    }
}
