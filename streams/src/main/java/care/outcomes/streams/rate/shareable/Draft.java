package care.outcomes.streams.rate.shareable;

import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.shareable.ReleasedRow.Version;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A release while a step is taken. */
final class Draft {

    private final Release before;
    private final int asOf;
    private final TreeMap<Block, ReleasedRow> rows;
    private final TreeSet<Block> suppressed;

    Draft(Release before, int asOf) {
        this.before = before;
        this.asOf = asOf;
        rows = new TreeMap<>(before.rows());
        suppressed = new TreeSet<>(before.suppressed());
    }

    /** The draft with other counts of some rows. */
    Draft with(Map<Block, Tally> tallies) {
        Draft other = new Draft(before, asOf);
        other.rows.putAll(rows);
        other.suppressed.addAll(suppressed);
        other.revise(tallies);
        return other;
    }

    /** Whether some rows have other counts. */
    boolean changes(Map<Block, Tally> tallies) {
        return tallies.entrySet().stream()
                .anyMatch(row -> !row(row.getKey()).last().tally().equals(row.getValue()));
    }

    /** What was released before the step. */
    Release before() {
        return before;
    }

    /** As it stands; its step is the one that is taken. */
    Release now() {
        return new Release(before.step() + 1, rows, suppressed);
    }

    /** The release after the step; the same as before if nothing changed. */
    Release done() {
        return rows.equals(before.rows()) && suppressed.equals(before.suppressed()) ? before : now();
    }

    boolean covers(Block block) {
        return rows.keySet().stream().anyMatch(row -> row.contains(block));
    }

    List<Block> largestWithin(Block block) {
        return block.largestWithin(rows.keySet());
    }

    ReleasedRow row(Block block) {
        ReleasedRow row = rows.get(block);
        if (row == null) {
            throw new IllegalArgumentException(block + " was not released");
        }
        return row;
    }

    void suppress(Block block) {
        suppressed.add(block);
    }

    void release(Block block, Set<Facet> facets, Tally tally) {
        suppressed.remove(block);
        rows.put(block, new ReleasedRow(facets, List.of(version(tally))));
    }

    /** Gives rows new counts; rows that keep theirs keep their version. */
    void revise(Map<Block, Tally> tallies) {
        tallies.forEach((block, tally) -> {
            ReleasedRow row = row(block);
            if (!row.last().tally().equals(tally)) {
                rows.put(block, row.revised(version(tally)));
            }
        });
    }

    private Version version(Tally tally) {
        return new Version(before.step() + 1, asOf, tally);
    }
}
