package care.outcomes.streams.topology.state;

/**
 * Days of a group whose cells changed.
 *
 * @param first epoch day
 * @param last epoch day, inclusive
 */
public record Days(int first, int last) {

    /** The least range that holds both. */
    public Days and(Days other) {
        return new Days(Math.min(first, other.first), Math.max(last, other.last));
    }

    static final Codec<Days> CODEC = new Codec<>() {
        @Override
        public void write(Days days, Encoder out) {
            out.signed(days.first).signed(days.last);
        }

        @Override
        public Days read(Decoder in) {
            return new Days(in.whole(), in.whole());
        }
    };
}
