package care.outcomes.streams.rate.shareable;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes with what was published, and knows nothing of how it came about. Unknown are the counts of each leaf by part;
 * a row says what some of them add up to. What is a linear combination of rows is derived, exactly.
 */
final class Attacker {

    private static final double NOTHING = 1e-9;

    private final int unknowns;
    private final List<double[]> reduced = new ArrayList<>();
    private final List<Integer> pivots = new ArrayList<>();
    private final BitSet zeros = new BitSet();
    private final List<Told> told = new ArrayList<>();

    Attacker(int unknowns) {
        this.unknowns = unknowns;
    }

    private record Told(BitSet of, int value) {}

    /** Learns a sum of unknowns. A sum of counts that is 0 tells that each is. */
    void learn(BitSet of, int value) {
        told.add(new Told(of, value));
        if (value == 0) {
            zeros.or(of);
        }
    }

    /** Puts together what was learnt. */
    void think() {
        for (Told one : told) {
            double[] row = reduce(row(one.of, one.value));
            int pivot = pivot(row);
            if (pivot >= 0) {
                double by = row[pivot];
                for (int i = 0; i < row.length; i++) {
                    row[i] /= by;
                }
                reduced.add(row);
                pivots.add(pivot);
            }
        }
    }

    /** What a sum of unknowns must be, or null if that cannot be computed. */
    @Nullable
    Integer derive(BitSet of) {
        double[] left = reduce(row(of, 0));
        return pivot(left) >= 0 ? null : (int) Math.round(-left[unknowns]);
    }

    private double[] row(BitSet of, int value) {
        double[] row = new double[unknowns + 1];
        of.stream().filter(i -> !zeros.get(i)).forEach(i -> row[i] = 1);
        row[unknowns] = value;
        return row;
    }

    private double[] reduce(double[] row) {
        for (int r = 0; r < reduced.size(); r++) {
            double times = row[pivots.get(r)];
            if (Math.abs(times) > NOTHING) {
                double[] other = reduced.get(r);
                for (int i = 0; i < row.length; i++) {
                    row[i] -= times * other[i];
                }
            }
        }
        return row;
    }

    private int pivot(double[] row) {
        for (int i = 0; i < unknowns; i++) {
            if (Math.abs(row[i]) > NOTHING) {
                return i;
            }
        }
        return -1;
    }
}
