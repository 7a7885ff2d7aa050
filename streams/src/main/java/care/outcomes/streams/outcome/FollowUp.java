package care.outcomes.streams.outcome;

import care.outcomes.schemas.record.CourseStatus;

/**
 * A follow-up score of a course and what it says against the baseline.
 *
 * @param day civil day, epoch day
 * @param at instant, epoch milliseconds
 * @param score total
 * @param factId the score
 * @param dose number of the dose of this course it tells about: the last one strictly before it, from 1
 * @param status class against the baseline; NO_BASELINE or NOT_EVALUABLE where there is none to class against
 * @param remission at or below the instrument's cut
 * @param reliablyDeteriorated at least the instrument's reliable change above the baseline
 * @param recallOverlap fewer days after the score before it (the baseline, for the first) than its questions look back
 * @param prorated total made up for missing answers
 * @param progress what the scores up to this one have come to
 */
public record FollowUp(
        int day,
        long at,
        int score,
        String factId,
        int dose,
        CourseStatus status,
        boolean remission,
        boolean reliablyDeteriorated,
        boolean recallOverlap,
        boolean prorated,
        Progress progress) {

    public boolean sustained() {
        return progress.sustained();
    }

    public boolean relapsed() {
        return progress.relapsed();
    }
}
