package care.outcomes.streams.topology.state;

import care.outcomes.streams.rate.Tally;

/**
 * A rate row as last published.
 *
 * @param tally its counts
 * @param revision how often it was published, from 1
 */
public record CountedRow(Tally tally, long revision) {

    static final Codec<CountedRow> CODEC = new Codec<>() {
        @Override
        public void write(CountedRow row, Encoder out) {
            CellsCodec.write(row.tally, out);
            out.unsigned(row.revision);
        }

        @Override
        public CountedRow read(Decoder in) {
            return new CountedRow(CellsCodec.tally(in), in.unsigned());
        }
    };
}
