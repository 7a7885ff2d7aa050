package care.outcomes.streams.topology.state;

/** What patient tasks send to totals tasks. */
public sealed interface ToTotals permits Difference, Walked {

    /** Either, told apart by a first byte. */
    Codec<ToTotals> CODEC = new Codec<>() {
        @Override
        public void write(ToTotals message, Encoder out) {
            if (message instanceof Difference difference) {
                out.bits(0);
                Difference.CODEC.write(difference, out);
            } else if (message instanceof Walked walked) {
                out.bits(1);
                Walked.CODEC.write(walked, out);
            }
        }

        @Override
        public ToTotals read(Decoder in) {
            return in.bits() == 0 ? Difference.CODEC.read(in) : Walked.CODEC.read(in);
        }
    };
}
