package care.outcomes.streams.topology;

import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.shareable.Block;
import care.outcomes.streams.rate.shareable.CohortCounts;
import care.outcomes.streams.rate.shareable.Release;
import care.outcomes.streams.topology.state.Leaf;
import care.outcomes.streams.topology.state.LeafOf;
import care.outcomes.streams.topology.state.StateSerdes;
import care.outcomes.streams.topology.state.TreeOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** The stores of the shareable task. What was released is delivery history: it cannot be computed again. */
final class ShareableStores {

    static final String LEAVES = "shareable-leaves";
    static final String RELEASES = "shareable-releases";
    static final String CHANGED = "shareable-changed";
    static final String MARKS = "shareable-marks";

    private final KeyValueStore<LeafOf, Tally> leaves;
    private final KeyValueStore<TreeOf, Release> releases;
    private final KeyValueStore<TreeOf, Long> changed;

    ShareableStores(ProcessingContext context) {
        leaves = context.getStateStore(LEAVES);
        releases = context.getStateStore(RELEASES);
        changed = context.getStateStore(CHANGED);
    }

    static Set<StoreBuilder<?>> builders(StoreType type) {
        return Set.of(
                type.store(LEAVES, StateSerdes.leafOf(), StateSerdes.tally()),
                type.store(RELEASES, StateSerdes.tree(), StateSerdes.release()),
                StoreType.small(CHANGED, StateSerdes.tree(), Serdes.Long()),
                StoreType.small(MARKS, Serdes.String(), Serdes.Long()));
    }

    void put(Leaf leaf, long now) {
        if (leaf.tally().isZero()) {
            leaves.delete(leaf.of());
        } else {
            leaves.put(leaf.of(), leaf.tally());
        }
        changed.put(leaf.of().tree(), now);
        if (releases.get(leaf.of().tree()) == null) {
            releases.put(leaf.of().tree(), Release.NOTHING);
        }
    }

    /** What was released, by tree. */
    List<KeyValue<TreeOf, Release>> released() {
        return listed(releases.all());
    }

    /** On a new day more may be released of any tree. */
    void changeAll(long now) {
        for (KeyValue<TreeOf, Release> tree : released()) {
            if (changed.get(tree.key) == null) {
                changed.put(tree.key, now);
            }
        }
    }

    /** Trees to look at, each with when it last changed, epoch milliseconds. */
    List<KeyValue<TreeOf, Long>> changed() {
        return listed(changed.all());
    }

    CohortCounts counts(TreeOf tree) {
        SortedMap<Block, Tally> counts = new TreeMap<>();
        try (KeyValueIterator<LeafOf, Tally> all =
                leaves.prefixScan(tree, StateSerdes.tree().serializer())) {
            all.forEachRemaining(leaf -> counts.put(leaf.key.block(), leaf.value));
        }
        return new CohortCounts(counts);
    }

    Release release(TreeOf tree) {
        Release release = releases.get(tree);
        return release == null ? Release.NOTHING : release;
    }

    void settle(TreeOf tree, Release before, Release now) {
        if (now.step() != before.step()) {
            releases.put(tree, now);
        }
        changed.delete(tree);
    }

    private static <K, V> List<KeyValue<K, V>> listed(KeyValueIterator<K, V> entries) {
        List<KeyValue<K, V>> all = new ArrayList<>();
        try (entries) {
            entries.forEachRemaining(all::add);
        }
        return all;
    }
}
