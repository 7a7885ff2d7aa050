package care.outcomes.deploy.bench;

import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Tally;
import java.util.Map;

/** One way to get from the facts on the topics to an answer. */
interface Contender {

    String name();

    /**
     * Does the whole work once.
     *
     * @return the counts of every group on the last day in the 90-day window; empty where it computes none
     */
    Map<Group, Tally> run();
}
