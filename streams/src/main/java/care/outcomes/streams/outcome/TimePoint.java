package care.outcomes.streams.outcome;

import org.jspecify.annotations.Nullable;

/**
 * What a course says at one cohort horizon. It is kept as it was published, so that a change of the horizons can be told
 * from a change of the course.
 *
 * @param horizon catalogue id
 * @param closesOn last day of its window, epoch day; null while it cannot be known
 * @param followUp place of the last follow-up score in the window, from 0; negative: none so far
 */
public record TimePoint(String horizon, @Nullable Integer closesOn, int followUp) {}
