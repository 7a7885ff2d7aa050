package care.outcomes.streams.rate.shareable;

import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Tally.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** A random network of clinics of very different sizes, whose counts grow, are corrected, and lose who withdraws consent. */
final class Network {

    static final int YEAR = 2025;

    /** What the parts of a leaf count, each a course. */
    static final List<Tally> PARTS = List.of(
            Tally.one(Count.ELIGIBLE, Count.MEASURED, Count.RESPONDED, Count.REMITTED),
            Tally.one(Count.ELIGIBLE, Count.MEASURED, Count.RESPONDED),
            Tally.one(Count.ELIGIBLE, Count.MEASURED, Count.PARTIAL),
            Tally.one(Count.ELIGIBLE, Count.MEASURED, Count.MINIMAL),
            Tally.one(Count.ELIGIBLE, Count.MEASURED, Count.WORSE),
            Tally.one(Count.ELIGIBLE),
            Tally.one(Count.NO_BASELINE),
            Tally.one(Count.BELOW_FLOOR));

    private final Random random;
    private final List<Block> leaves = new ArrayList<>();
    private final List<int[]> counts = new ArrayList<>();

    Network(long seed) {
        random = new Random(seed);
        int clinics = 1 + random.nextInt(5);
        int treatments = 1 + random.nextInt(3);
        for (int clinic = 0; clinic < clinics; clinic++) {
            for (int treatment = 0; treatment < treatments; treatment++) {
                int size = List.of(0, 1, 3, 8, 25, 60).get(random.nextInt(6));
                for (int month : new int[] {1, 2, 3, 4, 7, 10}) {
                    leaves.add(new Block("C" + clinic, "T" + treatment, new Period(Period.Grain.MONTH, YEAR, month)));
                    int[] parts = new int[PARTS.size()];
                    for (int part = 0; part < parts.length; part++) {
                        parts[part] = random.nextInt(3) == 0 ? 0 : random.nextInt(size + 1);
                    }
                    counts.add(parts);
                }
            }
        }
    }

    List<Block> leaves() {
        return leaves;
    }

    /** Some leaves change, most by little, some by much. */
    void goOn() {
        for (int[] parts : counts) {
            int chance = random.nextInt(12);
            int part = random.nextInt(parts.length);
            if (chance == 0) {
                parts[part] = Math.max(0, parts[part] + random.nextInt(5) - 2);
            } else if (chance == 1) {
                parts[part] += 11 + random.nextInt(20);
            } else if (chance == 2) {
                // Corrected scores: courses change their class.
                int to = random.nextInt(6);
                int moved = Math.min(parts[part], random.nextInt(30));
                parts[part] -= moved;
                parts[to] += moved;
            }
        }
    }

    int count(int leaf, int part) {
        return counts.get(leaf)[part];
    }

    CohortCounts counts() {
        SortedMap<Block, Tally> tallies = new TreeMap<>();
        for (int leaf = 0; leaf < leaves.size(); leaf++) {
            Tally sum = Tally.ZERO;
            for (int part = 0; part < PARTS.size(); part++) {
                sum = sum.plus(Worlds.times(counts.get(leaf)[part], PARTS.get(part)));
            }
            if (!sum.isZero()) {
                tallies.put(leaves.get(leaf), sum);
            }
        }
        return new CohortCounts(tallies);
    }
}
