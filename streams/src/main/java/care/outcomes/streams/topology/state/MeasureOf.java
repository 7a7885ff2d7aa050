package care.outcomes.streams.topology.state;

import care.outcomes.streams.measure.MeasureCell;

/**
 * A measure cell of any network.
 *
 * @param networkId the network
 * @param cell the cell within it
 */
public record MeasureOf(String networkId, MeasureCell cell) {

    static final Codec<MeasureOf> CODEC = new Codec<>() {
        @Override
        public void write(MeasureOf key, Encoder out) {
            out.text(key.networkId)
                    .text(key.cell.measure())
                    .sorted(key.cell.version())
                    .sorted(key.cell.period())
                    .text(key.cell.clinicId());
        }

        @Override
        public MeasureOf read(Decoder in) {
            return new MeasureOf(in.text(), new MeasureCell(in.text(), in.sortedInt(), in.sortedInt(), in.text()));
        }
    };
}
