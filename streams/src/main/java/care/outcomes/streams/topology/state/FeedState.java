package care.outcomes.streams.topology.state;

import care.outcomes.streams.feed.FeedCounts;

/**
 * Where the feed of one clinic and day stands.
 *
 * @param counts what is counted
 * @param revision rows published of it
 */
public record FeedState(FeedCounts counts, long revision) {

    /** Of which nothing is known. */
    public static final FeedState NEW = new FeedState(FeedCounts.ZERO, 0);

    static final Codec<FeedState> CODEC = new Codec<>() {
        private final FeedCountsCodec counts = new FeedCountsCodec();

        @Override
        public void write(FeedState state, Encoder out) {
            counts.write(state.counts, out);
            out.unsigned(state.revision);
        }

        @Override
        public FeedState read(Decoder in) {
            return new FeedState(counts.read(in), in.unsigned());
        }
    };
}
