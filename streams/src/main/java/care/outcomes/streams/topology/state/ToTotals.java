package care.outcomes.streams.topology.state;

/** What tasks send to those that add up after them. */
public sealed interface ToTotals permits Difference, MeasureDifference, Leaf, Walked {

    /** Any of them, told apart by a first byte. */
    Codec<ToTotals> CODEC = new Codec<>() {
        @Override
        public void write(ToTotals message, Encoder out) {
            if (message instanceof Difference difference) {
                out.bits(0);
                Difference.CODEC.write(difference, out);
            } else if (message instanceof Walked walked) {
                out.bits(1);
                Walked.CODEC.write(walked, out);
            } else if (message instanceof MeasureDifference difference) {
                out.bits(2);
                MeasureDifference.CODEC.write(difference, out);
            } else if (message instanceof Leaf leaf) {
                out.bits(3);
                Leaf.CODEC.write(leaf, out);
            }
        }

        @Override
        public ToTotals read(Decoder in) {
            int kind = in.bits();
            return switch (kind) {
                case 0 -> Difference.CODEC.read(in);
                case 1 -> Walked.CODEC.read(in);
                case 2 -> MeasureDifference.CODEC.read(in);
                case 3 -> Leaf.CODEC.read(in);
                default -> throw new IllegalArgumentException("no message of kind " + kind);
            };
        }
    };
}
