package care.outcomes.streams.rate.shareable;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Tally.Count;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * The strongest attack there is, on small worlds: the attacker knows every row, what was not told, and the release rule
 * itself. All worlds that would have been told alike are put side by side; a count that is protected must not be the same
 * in all of them. The threshold is 3 here, so that all worlds can be listed; the rule is the one that runs with 11.
 */
class InformedAttackTest {

    private static final Threshold THREE = new Threshold(3);
    private static final Threshold FIVE = new Threshold(5);
    private static final int YEAR = 2025;

    private static Block leaf(String clinic, String treatment, int month) {
        return new Block(clinic, treatment, new Period(Period.Grain.MONTH, YEAR, month));
    }

    private static Release release(Threshold threshold, CohortCounts counts) {
        return new Releasing(threshold).next(Release.NOTHING, counts, YEAR, any -> true, 20_000);
    }

    @Test
    void clinicsOfOneQuarter() {
        List<Block> leaves = List.of(leaf("A", "K", 1), leaf("B", "K", 1), leaf("C", "K", 1), leaf("D", "K", 1));
        assertThat(derived(THREE, leaves, 1, 11)).isEmpty();
        assertThat(derived(THREE, leaves, 2, 7)).isEmpty();
    }

    @Test
    void monthsOfTwoClinics() {
        List<Block> leaves =
                List.of(leaf("A", "K", 1), leaf("A", "K", 2), leaf("A", "K", 3), leaf("B", "K", 1), leaf("B", "K", 2));
        assertThat(derived(THREE, leaves, 1, 10)).isEmpty();
        assertThat(derived(THREE, leaves.subList(1, 5), 2, 7)).isEmpty();
    }

    @Test
    void quartersOfOneYear() {
        List<Block> leaves = List.of(leaf("A", "K", 1), leaf("A", "K", 4), leaf("A", "K", 7), leaf("A", "K", 10));
        assertThat(derived(THREE, leaves, 1, 11)).isEmpty();
        assertThat(derived(THREE, leaves, 2, 7)).isEmpty();
        assertThat(derived(FIVE, leaves, 1, 20)).isEmpty();
        assertThat(derived(FIVE, leaves, 2, 11)).isEmpty();
    }

    /** With 3 there are only 1 and 2 to hide among, too few for a sum of sums. */
    @Test
    void treatments() {
        List<Block> leaves = List.of(leaf("A", "K", 1), leaf("A", "L", 1), leaf("A", "M", 1), leaf("A", "M", 4));
        assertThat(derived(FIVE, leaves, 1, 20)).isEmpty();
        assertThat(derived(FIVE, leaves, 2, 11)).isEmpty();
    }

    /** A rule that looks at each row by itself falls, so the attack can find something. */
    @Test
    void aRuleThatForgetsComplementsFalls() {
        List<Block> leaves = List.of(leaf("A", "K", 1), leaf("B", "K", 1));
        assertThat(derived(THREE, leaves, 2, 8, counts -> eachRowByItself(THREE, counts)))
                .isNotEmpty();
    }

    /** All that is told of a world, as one text. */
    private static String told(Threshold threshold, CohortCounts counts) {
        Release release = release(threshold, counts);
        List<String> lines = new ArrayList<>();
        release.rows().forEach((block, row) -> lines.add(block + "=" + shown(row)));
        release.suppressed().forEach(block -> lines.add(block + " suppressed"));
        return String.join("\n", lines);
    }

    private static List<Integer> shown(ReleasedRow row) {
        Tally tally = row.last().tally();
        return row.parts(tally);
    }

    private static String eachRowByItself(Threshold threshold, CohortCounts counts) {
        List<String> lines = new ArrayList<>();
        for (Block block : Worlds.named(List.copyOf(counts.leaves().keySet()))) {
            Tally tally = counts.of(block);
            if (threshold.allows(Facet.CORE, tally)) {
                lines.add(block + "=" + Facet.CORE.parts(tally));
            }
        }
        return String.join("\n", lines);
    }

    private static List<String> derived(Threshold threshold, List<Block> leaves, int parts, int most) {
        return derived(threshold, leaves, parts, most, counts -> told(threshold, counts));
    }

    private static List<String> derived(
            Threshold threshold, List<Block> leaves, int parts, int most, Function<CohortCounts, String> telling) {
        List<Block> named = Worlds.named(leaves);
        Map<String, List<Range>> byTold = new HashMap<>();
        Map<String, Integer> smallest = new HashMap<>();
        Worlds.forEach(leaves.size() * parts, most, numbers -> {
            CohortCounts counts = Worlds.counts(leaves, numbers, parts);
            String told = telling.apply(counts);
            List<Range> ranges = byTold.computeIfAbsent(told, any -> new ArrayList<>());
            smallest.merge(told, Arrays.stream(numbers).sum(), Math::min);
            int at = 0;
            for (Block block : named) {
                Tally tally = counts.of(block);
                for (int count :
                        new int[] {tally.get(Count.RESPONDED), tally.get(Count.MINIMAL), tally.get(Count.ELIGIBLE)}) {
                    if (at == ranges.size()) {
                        ranges.add(new Range(count, count));
                    } else {
                        ranges.set(at, ranges.get(at).with(count));
                    }
                    at++;
                }
            }
        });
        List<String> derived = new ArrayList<>();
        byTold.forEach((told, ranges) -> {
            // Larger ones have twins that were not listed.
            boolean judged = Objects.requireNonNull(smallest.get(told)) <= most - leaves.size();
            for (int at = 0; judged && at < ranges.size(); at++) {
                Range range = ranges.get(at);
                if (range.least == range.most && !threshold.allows(range.least)) {
                    String count =
                            List.of("responded", "not responded", "eligible").get(at % 3);
                    derived.add(told + "\n  tell that " + named.get(at / 3) + " has " + range.least + " " + count);
                }
            }
        });
        return derived;
    }

    private record Range(int least, int most) {
        Range with(int count) {
            return new Range(Math.min(least, count), Math.max(most, count));
        }
    }
}
