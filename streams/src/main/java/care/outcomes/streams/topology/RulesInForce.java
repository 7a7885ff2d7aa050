package care.outcomes.streams.topology;

import care.outcomes.streams.topology.state.Walked;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The rules that what a task publishes is under. Other rules come into force when every task before it has looked at all
 * it holds under them; until then rows say the old ones. Before the first row, they are in force at once.
 */
final class RulesInForce {

    private final Marks marks;
    private final long ruleset;
    private final int tasksBefore;

    /**
     * The rules of a task.
     *
     * @param ruleset rules that patient tasks derive under
     * @param tasksBefore how many tasks tell this one that they have walked
     */
    RulesInForce(Marks marks, String ruleset, int tasksBefore) {
        this.marks = marks;
        this.ruleset = Marks.number(ruleset);
        this.tasksBefore = tasksBefore;
    }

    /** A task before this one has looked at all it holds. */
    void heard(Walked walked) {
        marks.set(Marks.WALKED + walked.partition(), walked.ruleset());
    }

    /** Whether rows that were published under others are to be published again under these; said once. */
    boolean replaceOthers() {
        long inForce = marks.get(Marks.IN_FORCE);
        boolean first = inForce == 0;
        if (inForce == ruleset || !(first || allHaveWalked())) {
            return false;
        }
        marks.set(Marks.IN_FORCE, ruleset);
        return !first;
    }

    /** Whether all that is counted was derived under the same rules: what is told once for all waits for that. */
    boolean hold() {
        return marks.get(Marks.IN_FORCE) == ruleset;
    }

    private boolean allHaveWalked() {
        return IntStream.range(0, tasksBefore).allMatch(task -> marks.get(Marks.WALKED + task) == ruleset);
    }

    /** What to tell the tasks after this one once all it publishes is under these rules. */
    Walked walked(int partition) {
        return new Walked(partition, ruleset);
    }

    /** What rows say. */
    String name() {
        return String.format(Locale.ROOT, "%012x", marks.get(Marks.IN_FORCE));
    }
}
