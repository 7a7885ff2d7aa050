package care.outcomes.streams.topology.state;

import org.jspecify.annotations.Nullable;

/**
 * A chart row as last published.
 *
 * @param digest hash of what it says
 * @param revision how often it was published
 * @param next first day after that on which a case matures, epoch day; null: none is waiting
 */
public record Charted(
        String digest, long revision, @Nullable Integer next) {
    /** Not published yet. */
    public static final Charted NONE = new Charted("", 0, null);

    static final Codec<Charted> CODEC = new Codec<>() {
        @Override
        public void write(Charted row, Encoder out) {
            out.text(row.digest).unsigned(row.revision).optional(row.next, out::whole);
        }

        @Override
        public Charted read(Decoder in) {
            return new Charted(in.text(), in.unsigned(), in.optional(in::whole));
        }
    };
}
