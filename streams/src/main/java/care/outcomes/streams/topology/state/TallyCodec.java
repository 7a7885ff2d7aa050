package care.outcomes.streams.topology.state;

import care.outcomes.streams.rate.Tally;

/** Counts. */
final class TallyCodec implements Codec<Tally> {

    @Override
    public void write(Tally tally, Encoder out) {
        CellsCodec.write(tally, out);
    }

    @Override
    public Tally read(Decoder in) {
        return CellsCodec.tally(in);
    }
}
