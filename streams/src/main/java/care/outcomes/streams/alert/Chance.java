package care.outcomes.streams.alert;

import care.outcomes.streams.outcome.FollowUp;

/**
 * Whether a rule that arises at most once a course, with a score about one of its first doses, still may. It is gone once
 * a day with a later score has passed: on one day scores may tell about doses in any order.
 *
 * @param until last day on which it may arise; {@link Integer#MAX_VALUE}: not known yet
 */
record Chance(int until) {

    static final Chance OPEN = new Chance(Integer.MAX_VALUE);
    static final Chance GONE = new Chance(Integer.MIN_VALUE);

    boolean isOpen() {
        return until != GONE.until;
    }

    /**
     * Once a score has come.
     *
     * @param last number of the last dose that a score may tell about
     */
    Chance at(FollowUp score, int last) {
        if (score.day() > until) {
            return GONE;
        }
        return score.dose() > last && until == OPEN.until ? new Chance(score.day()) : this;
    }
}
