package care.outcomes.streams.topology.state;

import care.outcomes.streams.rate.Tally;

/**
 * Counts of the consenting courses of one clinic, treatment and month as they are now, on their way to where a network's
 * clinics meet.
 *
 * @param of which
 * @param tally the counts, not a difference: what is sent twice counts once
 */
public record Leaf(LeafOf of, Tally tally) implements ToTotals {

    static final Codec<Leaf> CODEC = new Codec<>() {
        @Override
        public void write(Leaf leaf, Encoder out) {
            LeafOf.CODEC.write(leaf.of, out);
            CellsCodec.write(leaf.tally, out);
        }

        @Override
        public Leaf read(Decoder in) {
            return new Leaf(LeafOf.CODEC.read(in), CellsCodec.tally(in));
        }
    };
}
