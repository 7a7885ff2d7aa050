package care.outcomes.streams.topology.state;

import care.outcomes.streams.feed.AlertFigures;
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
                .unsigned(counts.alerts().size());
        counts.alerts().forEach((rule, figures) -> write(rule, figures, out));
        out.signed(counts.watchDays())
                .signed(counts.watchOpen())
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
                alerts(in),
                in.signed(),
                in.signed(),
                latest(in.optional(in::signed)),
                latest(in.optional(in::signed)));
    }

    private static void write(String rule, AlertFigures figures, Encoder out) {
        out.text(rule)
                .signed(figures.opened())
                .signed(figures.acknowledged())
                .signed(figures.actedOn())
                .signed(figures.notApt())
                .signed(figures.minutesToAction())
                .signed(figures.endedByData())
                .signed(figures.minutesAhead());
    }

    private static SortedMap<String, AlertFigures> alerts(Decoder in) {
        SortedMap<String, AlertFigures> alerts = new TreeMap<>();
        for (long left = in.unsigned(); left > 0; left--) {
            alerts.put(
                    in.text(),
                    new AlertFigures(
                            in.signed(), in.signed(), in.signed(), in.signed(), in.signed(), in.signed(), in.signed()));
        }
        return alerts;
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
