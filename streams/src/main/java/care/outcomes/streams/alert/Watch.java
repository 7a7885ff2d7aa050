package care.outcomes.streams.alert;

import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.timeline.Strand;
import java.util.List;

/** What a rule makes of follow-up scores as they come: a fold that goes on where it stopped. */
abstract class Watch {

    private List<FollowUp> seen = List.of();

    /** Whether scores begin with all that were seen. */
    final boolean goesOn(List<FollowUp> scores) {
        return Strand.common(seen, scores) == seen.size();
    }

    /** Takes in those scores that were not seen yet. */
    final void over(List<FollowUp> scores) {
        for (int i = seen.size(); i < scores.size(); i++) {
            see(scores.get(i), i);
        }
        seen = scores;
    }

    /**
     * Takes in one score.
     *
     * @param place its place among the scores
     */
    abstract void see(FollowUp score, int place);
}
