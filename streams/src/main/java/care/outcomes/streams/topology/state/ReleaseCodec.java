package care.outcomes.streams.topology.state;

import care.outcomes.streams.rate.shareable.Block;
import care.outcomes.streams.rate.shareable.Facet;
import care.outcomes.streams.rate.shareable.Period;
import care.outcomes.streams.rate.shareable.Period.Grain;
import care.outcomes.streams.rate.shareable.Release;
import care.outcomes.streams.rate.shareable.ReleasedRow;
import care.outcomes.streams.rate.shareable.ReleasedRow.Version;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was ever released of a tree. */
final class ReleaseCodec implements Codec<Release> {

    @Override
    public void write(Release release, Encoder out) {
        out.unsigned(release.step());
        out.each(release.rows().entrySet(), row -> {
            write(row.getKey(), out);
            int facets = 0;
            for (Facet facet : row.getValue().facets()) {
                facets |= 1 << facet.ordinal();
            }
            out.bits(facets);
            out.each(row.getValue().versions(), version -> {
                out.unsigned(version.step()).whole(version.asOf());
                CellsCodec.write(version.tally(), out);
            });
        });
        out.each(release.suppressed(), block -> write(block, out));
    }

    @Override
    public Release read(Decoder in) {
        int step = (int) in.unsigned();
        SortedMap<Block, ReleasedRow> rows = new TreeMap<>();
        for (long left = in.unsigned(); left > 0; left--) {
            Block block = block(in);
            int bits = in.bits();
            Set<Facet> facets = EnumSet.noneOf(Facet.class);
            for (Facet facet : Facet.values()) {
                if ((bits & 1 << facet.ordinal()) != 0) {
                    facets.add(facet);
                }
            }
            List<Version> versions = new ArrayList<>();
            for (long more = in.unsigned(); more > 0; more--) {
                versions.add(new Version((int) in.unsigned(), in.whole(), CellsCodec.tally(in)));
            }
            rows.put(block, new ReleasedRow(facets, versions));
        }
        SortedSet<Block> suppressed = new TreeSet<>();
        for (long left = in.unsigned(); left > 0; left--) {
            suppressed.add(block(in));
        }
        return new Release(step, rows, suppressed);
    }

    private static void write(Block block, Encoder out) {
        out.text(block.clinicId())
                .text(block.treatment())
                .symbol(block.period().grain())
                .whole(block.period().year())
                .bits(block.period().number());
    }

    private static Block block(Decoder in) {
        return new Block(in.text(), in.text(), new Period(in.symbol(Grain.values()), in.whole(), in.bits()));
    }
}
