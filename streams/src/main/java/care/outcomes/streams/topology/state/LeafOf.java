package care.outcomes.streams.topology.state;

import care.outcomes.streams.rate.shareable.Block;
import care.outcomes.streams.rate.shareable.Period;
import care.outcomes.streams.rate.shareable.Period.Grain;

/**
 * Key of the shareable counts of one clinic, treatment and month; begins with the bytes of its tree.
 *
 * @param tree network, instrument and year
 * @param clinicId clinic of record
 * @param treatment treatment
 * @param month month of the year, 1–12
 */
public record LeafOf(TreeOf tree, String clinicId, String treatment, int month) {

    /** Where it stands in its tree. */
    public Block block() {
        return new Block(clinicId, treatment, new Period(Grain.MONTH, tree.year(), month));
    }

    static final Codec<LeafOf> CODEC = new Codec<>() {
        @Override
        public void write(LeafOf key, Encoder out) {
            TreeOf.CODEC.write(key.tree, out);
            out.text(key.clinicId).text(key.treatment).bits(key.month);
        }

        @Override
        public LeafOf read(Decoder in) {
            return new LeafOf(TreeOf.CODEC.read(in), in.text(), in.text(), in.bits());
        }
    };
}
