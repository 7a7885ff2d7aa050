package care.outcomes.streams.rate.shareable;

import care.outcomes.streams.rate.Tally;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The smallest count that may be told.
 *
 * @param smallest counts from 1 to one less are protected; CMS cell size suppression policy: 11 (ResDAC, node 1506)
 */
public record Threshold(int smallest) {

    /** Up to so many changes are looked at in all their sums; 2^12 is quick. */
    private static final int MOST_CHANGES = 12;

    /** Whether a count may be told: none, or enough. */
    boolean allows(int count) {
        return count == 0 || count >= smallest;
    }

    /** Whether all parts of a facet may be told. */
    boolean allows(Facet facet, Tally tally) {
        return facet.parts(tally).stream().allMatch(this::allows);
    }

    /**
     * Whether changes of disjoint counts may be told: each is none or at least the smallest, up or down, and so is the
     * sum of any of them.
     */
    boolean allowsChanges(Collection<Integer> changes) {
        List<Integer> some = changes.stream().filter(change -> change != 0).toList();
        boolean oneWay =
                some.stream().allMatch(change -> change > 0) || some.stream().allMatch(change -> change < 0);
        if (oneWay) {
            return some.stream().allMatch(change -> Math.abs(change) >= smallest);
        }
        if (some.size() > MOST_CHANGES) {
            return false;
        }
        List<Integer> sums = new ArrayList<>(List.of(0));
        for (int change : some) {
            List<Integer> with = sums.stream().map(sum -> sum + change).toList();
            if (!with.stream().allMatch(sum -> allows(Math.abs(sum)))) {
                return false;
            }
            sums.addAll(with);
        }
        return true;
    }

    /**
     * Whether a sum hides the counts it is made of from someone who knows that none of them could be told. That someone
     * knows more than the sum: with two clinics hidden, 20 courses of one kind can only be 10 and 10.
     *
     * @param small how many counts that could not be told are in the sum
     * @param filled how many counts of which it is known that they are not zero; no fewer
     */
    boolean hides(Tally sum, int small, int filled) {
        if (small < 2 || !allows(Facet.CORE, sum)) {
            return false;
        }
        List<Integer> parts =
                Facet.CORE.parts(sum).stream().filter(part -> part > 0).toList();
        // With but one part to hold them back, each is at least 1 and at most smallest − 1.
        return parts.size() > 1
                || (parts.size() == 1 && filled < parts.get(0) && parts.get(0) < small * (smallest - 1));
    }
}
