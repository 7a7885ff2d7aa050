package care.outcomes.streams.rate.shareable;

import care.outcomes.streams.rate.Tally;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that was ever released of one network, instrument and calendar year. Any two blocks of its rows are disjoint, or
 * one contains the other.
 *
 * @param step steps taken so far
 * @param rows rows by block
 * @param suppressed blocks that are told to be too small for a row
 */
public record Release(int step, SortedMap<Block, ReleasedRow> rows, SortedSet<Block> suppressed) {

    /** Nothing released yet. */
    public static final Release NOTHING = new Release(0, Collections.emptySortedMap(), Collections.emptySortedSet());

    public Release {
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
        suppressed = Collections.unmodifiableSortedSet(new TreeSet<>(suppressed));
    }

    /** Whether the courses of a block are in some row already. */
    boolean covers(Block block) {
        return rows.keySet().stream().anyMatch(row -> row.contains(block));
    }

    /**
     * What can be computed of a block: what it shows less what the largest rows within it show.
     *
     * @param facet a facet that the row of the block shows
     * @param step a step at which the block was released
     */
    Tally atom(Block block, Facet facet, int step) {
        List<Block> showing = rows.entrySet().stream()
                .filter(row -> row.getValue().shows(facet) && row.getValue().shownAt(step))
                .map(Map.Entry::getKey)
                .toList();
        Tally atom = row(block).at(step);
        for (Block within : block.largestWithin(showing)) {
            atom = atom.minus(row(within).at(step));
        }
        return atom;
    }

    private ReleasedRow row(Block block) {
        ReleasedRow row = rows.get(block);
        if (row == null) {
            throw new IllegalArgumentException(block + " was not released");
        }
        return row;
    }
}
