package care.outcomes.streams.topology.state;

import java.util.List;

/**
 * Differences that meet at one place and travel in one record: what one step of a patient changes is then never seen in
 * part, so no count is ever negative on the way.
 *
 * @param all the differences
 */
public record Differences(List<Difference> all) {

    /** Most in one record, so that it stays far below the size a broker takes. */
    public static final int MOST = 1000;

    static final Codec<Differences> CODEC = new Codec<>() {
        @Override
        public void write(Differences differences, Encoder out) {
            out.each(differences.all, difference -> Difference.CODEC.write(difference, out));
        }

        @Override
        public Differences read(Decoder in) {
            return new Differences(in.each(() -> Difference.CODEC.read(in)));
        }
    };
}
