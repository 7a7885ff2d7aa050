package care.outcomes.streams.timeline;

import java.util.BitSet;
import java.util.List;

/**
 * Places in facts of a patient at which a day ends that no later fact can reach back into: not by its label, and not
 * by the clock either. The last day with a fact does not end, for more may come on it.
 */
public final class Cuts implements Fold.Places {

    private final int start;
    /** Counted from the start. */
    private final BitSet cuts = new BitSet();

    /**
     * The cuts from a place on.
     *
     * @param start a cut
     * @param until last instant before it, epoch milliseconds
     */
    public Cuts(List<? extends Fact> facts, int start, long until) {
        this.start = start;
        int end = facts.size();
        if (end - start < 2) {
            return;
        }
        long[] earliest = new long[end - start];
        long least = Long.MAX_VALUE;
        for (int i = end - 1; i >= start; i--) {
            Stamp stamp = facts.get(i).stamp();
            least = stamp.timed() ? Math.min(stamp.at(), least) : least;
            earliest[i - start] = least;
        }
        long latest = until;
        for (int i = start; i < end - 1; i++) {
            latest = Math.max(latest, facts.get(i).stamp().at());
            if (facts.get(i).day() < facts.get(i + 1).day() && latest < earliest[i + 1 - start]) {
                cuts.set(i + 1 - start);
            }
        }
    }

    @Override
    public int from(int place) {
        int cut = cuts.nextSetBit(place - start);
        return cut < 0 ? Integer.MAX_VALUE : start + cut;
    }

    @Override
    public int last() {
        return start + Math.max(0, cuts.length() - 1);
    }
}
