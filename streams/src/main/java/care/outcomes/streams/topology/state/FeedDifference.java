package care.outcomes.streams.topology.state;

import care.outcomes.streams.feed.FeedChange;
import care.outcomes.streams.feed.FeedCounts;
import care.outcomes.streams.feed.FeedDay;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What changed in the feed of one clinic, on its way to where it is added up.
 *
 * @param networkId the network
 * @param clinicId the clinic
 * @param days differences by epoch day
 */
public record FeedDifference(String networkId, String clinicId, SortedMap<Integer, FeedCounts> days) {

    /** All of a clinic's feed meets in one place. */
    public String meetsAt() {
        return networkId + "·" + clinicId;
    }

    /** One for each clinic. */
    public static List<FeedDifference> of(FeedChange change) {
        List<FeedDifference> differences = new ArrayList<>();
        change.byDay().forEach((day, counts) -> {
            FeedDifference last = differences.isEmpty() ? null : differences.get(differences.size() - 1);
            if (last == null || !last.networkId.equals(day.networkId()) || !last.clinicId.equals(day.clinicId())) {
                last = new FeedDifference(day.networkId(), day.clinicId(), new TreeMap<>());
                differences.add(last);
            }
            last.days.put(day.day(), counts);
        });
        return differences;
    }

    /** A day of it. */
    public FeedDay on(int day) {
        return new FeedDay(networkId, clinicId, day);
    }

    static final Codec<FeedDifference> CODEC = new Codec<>() {
        private final FeedCountsCodec counts = new FeedCountsCodec();

        @Override
        public void write(FeedDifference difference, Encoder out) {
            out.text(difference.networkId).text(difference.clinicId).unsigned(difference.days.size());
            difference.days.forEach((day, of) -> {
                out.whole(day);
                counts.write(of, out);
            });
        }

        @Override
        public FeedDifference read(Decoder in) {
            FeedDifference difference = new FeedDifference(in.text(), in.text(), new TreeMap<>());
            for (long left = in.unsigned(); left > 0; left--) {
                difference.days.put(in.whole(), counts.read(in));
            }
            return difference;
        }
    };
}
