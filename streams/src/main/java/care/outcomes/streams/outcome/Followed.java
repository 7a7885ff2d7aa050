package care.outcomes.streams.outcome;

import care.outcomes.schemas.Treatment;
import care.outcomes.streams.timeline.Dose;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One course with what it was made from.
 *
 * @param course the course
 * @param treatment its treatment
 * @param doses its effective doses in order, at least one
 * @param planned doses planned, as known at the horizon; null where the treatment is not dose-counted
 * @param scores follow-up scores on outcome instruments, in order
 * @param steps all that happened in it, in order; a longer one begins with a shorter one as long as facts come in order
 * @param outcomes where it stands on each instrument, by instrument
 * @param nextDay first day after the horizon on which it changes without a new fact; {@link Integer#MAX_VALUE}: never
 */
public record Followed(
        Course course,
        Treatment treatment,
        List<Dose> doses,
        @Nullable Integer planned,
        List<FollowUp> scores,
        List<Step> steps,
        List<CourseOutcome> outcomes,
        int nextDay) {}
