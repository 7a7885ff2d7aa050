package care.outcomes.streams.rate.shareable;

import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Tally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings released rows up to date where that may be told. Who has kept every version computes with all of them, so a
 * change is measured against each version there ever was, not only the last.
 */
final class Revising {

    private final Threshold threshold;

    Revising(Threshold threshold) {
        this.threshold = threshold;
    }

    void revise(Draft draft, CohortCounts counts) {
        // What lies within others first: their sums follow.
        List<Block> roots = draft.before().rows().keySet().stream()
                .filter(Revising::isRoot)
                .sorted(Comparator.comparing(Revising::breadth).thenComparing(Comparator.naturalOrder()))
                .toList();
        for (Block root : roots) {
            Tally anew = withRest(draft, counts, root);
            Map<Block, Tally> tallies = new TreeMap<>();
            if (root.period().grain() == Period.Grain.QUARTER) {
                anew = counts.of(root);
                root.within(draft.before().rows().keySet()).forEach(block -> tallies.put(block, counts.of(block)));
            }
            tallies.put(root, anew);
            if (!draft.changes(tallies)) {
                continue;
            }
            Tally change = anew.minus(draft.row(root).last().tally());
            for (Block block : draft.before().rows().keySet()) {
                if (!block.equals(root) && block.contains(root)) {
                    tallies.put(block, draft.row(block).last().tally().plus(change));
                }
            }
            if (mayBeTold(draft.with(tallies).now())) {
                draft.revise(tallies);
            }
        }
    }

    /** Clinics and months are revised with the quarter that they split. */
    private static boolean isRoot(Block block) {
        return block.clinicId().equals(Group.ALL) && block.period().grain() != Period.Grain.MONTH;
    }

    private static int breadth(Block block) {
        return block.period().grain().ordinal() * 2 + (block.treatment().equals(Group.ALL) ? 1 : 0);
    }

    /** What the rows within it show, and what is in none of them as it is now. */
    private static Tally withRest(Draft draft, CohortCounts counts, Block root) {
        Tally sum = counts.of(root);
        for (Block within : draft.largestWithin(root)) {
            sum = sum.minus(counts.of(within)).plus(draft.row(within).last().tally());
        }
        return sum;
    }

    private boolean mayBeTold(Release now) {
        for (Facet facet : Facet.values()) {
            Map<Block, ReleasedRow> showing = new TreeMap<>(now.rows());
            showing.values().removeIf(row -> !row.shows(facet));
            for (Block block : showing.keySet()) {
                if (!threshold.allows(facet, now.atom(block, facet, now.step()))) {
                    return false;
                }
            }
            for (int step = 1; step < now.step(); step++) {
                List<Integer> changes = new ArrayList<>();
                for (Map.Entry<Block, ReleasedRow> row : showing.entrySet()) {
                    if (row.getValue().shownAt(step)) {
                        Tally was = now.atom(row.getKey(), facet, step);
                        Tally is = now.atom(row.getKey(), facet, now.step());
                        changes.addAll(facet.parts(is.minus(was)));
                    }
                }
                if (!threshold.allowsChanges(changes)) {
                    return false;
                }
            }
        }
        return now.rows().values().stream().allMatch(this::mayBeTold);
    }

    /** Whether what a row shows beside each other has changed only by what may be told. */
    private boolean mayBeTold(ReleasedRow row) {
        Tally is = row.last().tally();
        return row.versions().stream().allMatch(was -> threshold.allowsChanges(row.parts(is.minus(was.tally()))));
    }
}
