package care.outcomes.streams.topology.state;

import care.outcomes.streams.measure.MeasureCounts;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts by stratum, or differences of them. */
final class MeasureCountsCodec implements Codec<SortedMap<String, MeasureCounts>> {

    @Override
    public void write(SortedMap<String, MeasureCounts> byStratum, Encoder out) {
        out.unsigned(byStratum.size());
        byStratum.forEach((stratum, counts) -> out.text(stratum)
                .whole(counts.patients())
                .whole(counts.initialPopulation())
                .whole(counts.exclusion())
                .whole(counts.numerator()));
    }

    @Override
    public SortedMap<String, MeasureCounts> read(Decoder in) {
        SortedMap<String, MeasureCounts> byStratum = new TreeMap<>();
        for (long left = in.unsigned(); left > 0; left--) {
            byStratum.put(in.text(), new MeasureCounts(in.whole(), in.whole(), in.whole(), in.whole()));
        }
        return byStratum;
    }
}
