package care.outcomes.streams.topology.state;

import care.outcomes.streams.measure.MeasureCounts;
import java.util.SortedMap;

/**
 * A measure sum as last published.
 *
 * @param byStratum its counts
 * @param closed whether it was final
 * @param revision how often it was published, from 1
 */
public record MeasureSum(SortedMap<String, MeasureCounts> byStratum, boolean closed, long revision) {

    static final Codec<MeasureSum> CODEC = new Codec<>() {
        private final MeasureCountsCodec counts = new MeasureCountsCodec();

        @Override
        public void write(MeasureSum sum, Encoder out) {
            counts.write(sum.byStratum, out);
            out.flag(sum.closed).unsigned(sum.revision);
        }

        @Override
        public MeasureSum read(Decoder in) {
            return new MeasureSum(counts.read(in), in.flag(), in.unsigned());
        }
    };
}
