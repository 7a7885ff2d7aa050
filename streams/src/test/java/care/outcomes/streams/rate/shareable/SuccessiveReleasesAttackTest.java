package care.outcomes.streams.rate.shareable;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.streams.rate.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Who keeps every row that was ever published computes with all of them: complements, siblings, sums, and differences of
 * releases. On random networks that grow and are corrected, no count of 1–10, and no change by 1–10, may come out.
 */
class SuccessiveReleasesAttackTest {

    private static final Threshold ELEVEN = new Threshold(11);
    private static final int NETWORKS = Integer.getInteger("shareable.networks", 24);

    /** Counts that are sums of parts: eligible, measured, responded, and so on. */
    private static final List<int[]> COUNTS = List.of(
            new int[] {0, 1, 2, 3, 4, 5},
            new int[] {0, 1, 2, 3, 4},
            new int[] {0, 1},
            new int[] {2, 3, 4},
            new int[] {5},
            new int[] {2, 3, 4, 5},
            new int[] {0},
            new int[] {1},
            new int[] {2},
            new int[] {3},
            new int[] {4},
            new int[] {1, 2, 3, 4},
            new int[] {6},
            new int[] {7},
            new int[] {6, 7});

    @FunctionalInterface
    private interface Rule {
        Release next(Release before, CohortCounts counts, Predicate<Period> closed, int step);
    }

    private static final Rule OURS =
            (before, counts, closed, step) -> new Releasing(ELEVEN).next(before, counts, Network.YEAR, closed, step);

    @Test
    void nothingSmallCanBeDerived() {
        Found found = attack(OURS);
        assertThat(found.small).isEmpty();
        // The attack has something to work with: rows of each kind, and revisions.
        assertThat(found.rows).containsKeys("*:T:QUARTER", "C:T:QUARTER", "C:T:MONTH", "*:T:YEAR", "*:*:YEAR");
        assertThat(found.revisions).isGreaterThan(20);
    }

    /** Each row is large enough by itself, and is frozen: complements and siblings give the small ones away. */
    @Test
    void rowsLookedAtOneByOneFall() {
        assertThat(attack((before, counts, closed, step) -> rows(before, counts, closed, step)).small)
                .isNotEmpty();
    }

    /** The grain is ours, but what changed is published: differences give the small changes away. */
    @Test
    void revisionsOfAnySizeFall() {
        Rule rule = (before, counts, closed, step) -> {
            Map<Block, ReleasedRow> rows = new HashMap<>();
            OURS.next(Release.NOTHING, counts, closed, step).rows().forEach((block, row) -> {
                ReleasedRow old = before.rows().get(block);
                rows.put(
                        block,
                        old == null || !old.facets().equals(row.facets())
                                ? new ReleasedRow(
                                        row.facets(),
                                        List.of(version(step, row.last().tally())))
                                : old.revised(version(step, row.last().tally())));
            });
            return new Release(step, new TreeMap<>(rows), before.suppressed());
        };
        assertThat(attack(rule).small).isNotEmpty();
    }

    private static ReleasedRow.Version version(int step, Tally tally) {
        return new ReleasedRow.Version(step, step, tally);
    }

    private static Release rows(Release before, CohortCounts counts, Predicate<Period> closed, int step) {
        Map<Block, ReleasedRow> rows = new TreeMap<>(before.rows());
        for (Block block : Worlds.named(List.copyOf(counts.leaves().keySet()))) {
            Tally tally = counts.of(block);
            if (closed.test(block.period()) && ELEVEN.allows(Facet.CORE, tally) && !rows.containsKey(block)) {
                rows.put(block, new ReleasedRow(EnumSet.of(Facet.CORE), List.of(version(step, tally))));
            }
        }
        return new Release(step, new TreeMap<>(rows), before.suppressed());
    }

    private record Found(List<String> small, Map<String, Integer> rows, int revisions) {}

    private static Found attack(Rule rule) {
        List<String> small = new ArrayList<>();
        Map<String, Integer> kinds = new HashMap<>();
        int revisions = 0;
        for (int seed = 0; seed < NETWORKS; seed++) {
            Network network = new Network(seed);
            Release release = Release.NOTHING;
            Map<String, List<Integer>> derivedBefore = new HashMap<>();
            for (int round = 1; round <= 8; round++) {
                int until = 3 * round;
                release = rule.next(
                        release, network.counts(), period -> period.lastDay().getMonthValue() <= until, round);
                derive(network, release, round, seed, derivedBefore, small);
                network.goOn();
            }
            for (Map.Entry<Block, ReleasedRow> row : release.rows().entrySet()) {
                Block block = row.getKey();
                kinds.merge(
                        block.clinicId().charAt(0) + ":" + block.treatment().charAt(0) + ":"
                                + block.period().grain(),
                        1,
                        Integer::sum);
                revisions += row.getValue().versions().size() - 1;
            }
        }
        return new Found(small, kinds, revisions);
    }

    /** What the rows that came in this round tell of the network as it was then. */
    private static void derive(
            Network network,
            Release release,
            int round,
            int seed,
            Map<String, List<Integer>> before,
            List<String> small) {
        Attacker attacker = new Attacker(network.leaves().size() * Network.PARTS.size());
        boolean news = false;
        for (Map.Entry<Block, ReleasedRow> row : release.rows().entrySet()) {
            if (row.getValue().last().asOf() == round) {
                news = true;
                teach(attacker, network.leaves(), release, row.getKey(), row.getValue());
            }
        }
        if (!news) {
            return;
        }
        attacker.think();
        for (Block block : Worlds.named(network.leaves())) {
            for (int[] count : COUNTS) {
                Integer value = attacker.derive(unknowns(network.leaves(), block, List.of(), count));
                if (value == null) {
                    continue;
                }
                String name = "network " + seed + " " + block + " parts " + Arrays.toString(count);
                if (!ELEVEN.allows(value)) {
                    small.add(name + " has " + value + " in round " + round);
                }
                List<Integer> earlier = before.computeIfAbsent(name, any -> new ArrayList<>());
                for (int was : earlier) {
                    if (!ELEVEN.allows(Math.abs(value - was))) {
                        small.add(name + " went from " + was + " to " + value);
                    }
                }
                earlier.add(value);
            }
        }
        for (Map.Entry<Block, ReleasedRow> row : release.rows().entrySet()) {
            List<Block> within = row.getKey().largestWithin(release.rows().keySet());
            for (int[] count : COUNTS) {
                Integer value = attacker.derive(unknowns(network.leaves(), row.getKey(), within, count));
                if (value != null && !ELEVEN.allows(value)) {
                    small.add("network " + seed + " " + row.getKey() + " less " + within + " has " + value);
                }
            }
        }
    }

    private static void teach(Attacker attacker, List<Block> leaves, Release release, Block block, ReleasedRow row) {
        boolean holdsOlder = block.period().grain() == Period.Grain.YEAR;
        for (Facet facet : row.facets()) {
            // A year holds what its quarters show, which may be older; what is new in it is the rest.
            List<Block> older = !holdsOlder
                    ? List.of()
                    : block.largestWithin(release.rows().entrySet().stream()
                            .filter(other -> other.getValue().shows(facet))
                            .map(Map.Entry::getKey)
                            .toList());
            Tally tally = row.last().tally();
            for (Block within : older) {
                tally = tally.minus(Objects.requireNonNull(release.rows().get(within))
                        .last()
                        .tally());
            }
            List<Integer> values = facet.parts(tally);
            List<int[]> groups = groups(facet);
            for (int i = 0; i < values.size(); i++) {
                attacker.learn(unknowns(leaves, block, older, groups.get(i)), values.get(i));
            }
        }
    }

    private static List<int[]> groups(Facet facet) {
        return switch (facet) {
            case CORE -> List.of(new int[] {0, 1}, new int[] {2, 3, 4}, new int[] {5});
            case STARTED -> List.of(new int[] {6, 7});
            case EXCLUSIONS -> List.of(new int[] {6}, new int[] {7});
            case CLASSES -> List.of(new int[] {2}, new int[] {3}, new int[] {4});
            case REMISSION -> List.of(new int[] {0}, new int[] {1});
        };
    }

    private static BitSet unknowns(List<Block> leaves, Block block, List<Block> without, int[] parts) {
        BitSet unknowns = new BitSet();
        for (int leaf = 0; leaf < leaves.size(); leaf++) {
            Block at = leaves.get(leaf);
            if (block.contains(at) && without.stream().noneMatch(other -> other.contains(at))) {
                for (int part : parts) {
                    unknowns.set(leaf * Network.PARTS.size() + part);
                }
            }
        }
        return unknowns;
    }
}
