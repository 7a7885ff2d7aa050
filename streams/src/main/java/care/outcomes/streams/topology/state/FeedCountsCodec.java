package care.outcomes.streams.topology.state;

import care.outcomes.streams.feed.FeedCounts;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts of one clinic and day. */
final class FeedCountsCodec implements Codec<FeedCounts> {

    @Override
    public void write(FeedCounts counts, Encoder out) {
        out.signed(counts.applied()).signed(counts.duplicate()).signed(counts.superseded());
        write(counts.ignored(), out);
        write(counts.rejected(), out);
        out.signed(counts.heard())
                .signed(counts.late())
                .signed(counts.delay())
                .signed(counts.visits())
                .signed(counts.scored())
                .signed(counts.courses())
                .signed(counts.baselined())
                .optional(known(counts.latestOccurred()), out::signed)
                .optional(known(counts.latestArrival()), out::signed);
    }

    @Override
    public FeedCounts read(Decoder in) {
        return new FeedCounts(
                in.signed(),
                in.signed(),
                in.signed(),
                byReason(in),
                byReason(in),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                latest(in.optional(in::signed)),
                latest(in.optional(in::signed)));
    }

    private static void write(SortedMap<String, Long> byReason, Encoder out) {
        out.unsigned(byReason.size());
        byReason.forEach((reason, count) -> out.text(reason).signed(count));
    }

    private static SortedMap<String, Long> byReason(Decoder in) {
        SortedMap<String, Long> byReason = new TreeMap<>();
        for (long left = in.unsigned(); left > 0; left--) {
            byReason.put(in.text(), in.signed());
        }
        return byReason;
    }

    private static @Nullable Long known(long instant) {
        return instant == Long.MIN_VALUE ? null : instant;
    }

    private static long latest(@Nullable Long instant) {
        return instant == null ? Long.MIN_VALUE : instant;
    }
}
