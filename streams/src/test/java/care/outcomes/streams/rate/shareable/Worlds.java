package care.outcomes.streams.rate.shareable;

import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Tally.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Small worlds: what may be true of a few leaves. A leaf counts some who responded and some who did not. */
final class Worlds {

    private Worlds() {}

    /** All ways to write down so many numbers from 0 with at most a total. */
    static void forEach(int numbers, int most, Consumer<int[]> consumer) {
        fill(new int[numbers], 0, most, consumer);
    }

    private static void fill(int[] numbers, int at, int left, Consumer<int[]> consumer) {
        if (at == numbers.length) {
            consumer.accept(numbers.clone());
            return;
        }
        for (int number = 0; number <= left; number++) {
            numbers[at] = number;
            fill(numbers, at + 1, left - number, consumer);
        }
        numbers[at] = 0;
    }

    /**
     * The counts of a world.
     *
     * @param leaves its leaves
     * @param numbers by leaf one number a part: responded, and with two parts not responded
     * @param parts 1 or 2
     */
    static CohortCounts counts(List<Block> leaves, int[] numbers, int parts) {
        SortedMap<Block, Tally> tallies = new TreeMap<>();
        for (int i = 0; i < leaves.size(); i++) {
            int responded = numbers[i * parts];
            int not = parts == 1 ? 0 : numbers[i * parts + 1];
            if (responded + not > 0) {
                tallies.put(leaves.get(i), tally(responded, not, 0));
            }
        }
        return new CohortCounts(tallies);
    }

    /** A tally of those who responded, those measured who did not, and those not measured. */
    static Tally tally(int responded, int minimal, int unmeasured) {
        return times(responded, Tally.one(Count.ELIGIBLE, Count.MEASURED, Count.RESPONDED))
                .plus(times(minimal, Tally.one(Count.ELIGIBLE, Count.MEASURED, Count.MINIMAL)))
                .plus(times(unmeasured, Tally.one(Count.ELIGIBLE)));
    }

    static Tally times(int times, Tally tally) {
        int[] counts = tally.toArray();
        for (int i = 0; i < counts.length; i++) {
            counts[i] *= times;
        }
        return Tally.of(counts);
    }

    /** All unions of leaves that have a name: a clinic or all, a treatment or all, a period. */
    static List<Block> named(List<Block> leaves) {
        List<Block> named = new ArrayList<>();
        for (Block leaf : leaves) {
            int month = leaf.period().number();
            int year = leaf.period().year();
            for (String clinic : List.of(leaf.clinicId(), "*")) {
                for (String treatment : List.of(leaf.treatment(), "*")) {
                    for (Period period : List.of(
                            leaf.period(),
                            new Period(Period.Grain.QUARTER, year, (month + 2) / 3),
                            Period.ofYear(year))) {
                        Block block = new Block(clinic, treatment, period);
                        if (!named.contains(block)) {
                            named.add(block);
                        }
                    }
                }
            }
        }
        return named;
    }
}
