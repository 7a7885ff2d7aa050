package care.outcomes.streams.outcome;

import care.outcomes.schemas.record.LossOfResponse;

/**
 * What the follow-up scores of a course on one instrument have come to so far (domain.md §1.1; the numbers are the
 * instrument's).
 *
 * @param sustained remission held over two consecutive days of scores, and not lost by relapse since
 * @param consistent scores in remission spanned three weeks (ACNP), and it was not lost by relapse since
 * @param recovered a score in remission four months or more after the onset of consistent remission (ACNP), and no
 *     relapse since
 * @param loss whether the response that was reached is being lost
 * @param relapsed the relapse criterion was met, or the patient admitted to hospital, after response or remission, and
 *     response was not reached again since
 * @param recurred it relapsed so after recovery: a new episode
 */
public record Progress(
        boolean sustained,
        boolean consistent,
        boolean recovered,
        LossOfResponse loss,
        boolean relapsed,
        boolean recurred) {

    /** Where nothing was reached yet. */
    static final Progress NONE = new Progress(false, false, false, LossOfResponse.NONE, false, false);
}
