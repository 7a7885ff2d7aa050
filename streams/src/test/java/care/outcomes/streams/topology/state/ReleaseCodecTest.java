package care.outcomes.streams.topology.state;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Tally.Count;
import care.outcomes.streams.rate.shareable.Block;
import care.outcomes.streams.rate.shareable.Facet;
import care.outcomes.streams.rate.shareable.Period;
import care.outcomes.streams.rate.shareable.Period.Grain;
import care.outcomes.streams.rate.shareable.Release;
import care.outcomes.streams.rate.shareable.ReleasedRow;
import care.outcomes.streams.rate.shareable.ReleasedRow.Version;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class ReleaseCodecTest {

    @Test
    void whatWasReleasedComesBack() {
        Block quarter = new Block("*", "KETAMINE_IV", new Period(Grain.QUARTER, 2025, 2));
        Block month = new Block("C1", "KETAMINE_IV", new Period(Grain.MONTH, 2025, 4));
        Tally tally = Tally.one(Count.ELIGIBLE, Count.MEASURED);
        TreeMap<Block, ReleasedRow> rows = new TreeMap<>();
        rows.put(quarter, new ReleasedRow(EnumSet.allOf(Facet.class), List.of(new Version(1, 20_000, tally))));
        rows.put(
                month,
                new ReleasedRow(
                        EnumSet.of(Facet.CORE),
                        List.of(new Version(1, 20_000, tally), new Version(3, 20_090, Tally.ZERO))));
        Release release = new Release(3, rows, new TreeSet<>(List.of(Block.all(Period.ofYear(2025)))));

        Serde<Release> serde = StateSerdes.release();
        byte[] bytes = serde.serializer().serialize("t", release);
        assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(release);
        assertThat(serde.deserializer().deserialize("t", serde.serializer().serialize("t", Release.NOTHING)))
                .isEqualTo(Release.NOTHING);
    }

    /** Leaves of a tree are found by the bytes of its key. */
    @Test
    void aLeafBeginsWithItsTree() {
        TreeOf tree = new TreeOf("net", "phq9", 2025);
        byte[] prefix = StateSerdes.tree().serializer().serialize("t", tree);
        // The clinic is called as the network is: a text told before.
        LeafOf leaf = new LeafOf(tree, "net", "KETAMINE_IV", 12);
        byte[] bytes = StateSerdes.leafOf().serializer().serialize("t", leaf);
        assertThat(bytes).startsWith(prefix);
        assertThat(StateSerdes.leafOf().deserializer().deserialize("t", bytes)).isEqualTo(leaf);
    }
}
