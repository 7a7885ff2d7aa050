package care.outcomes.streams.topology.state;

import care.outcomes.streams.feed.FeedCounts;
import care.outcomes.streams.feed.FeedDay;
import care.outcomes.streams.measure.MeasureCounts;
import care.outcomes.streams.rate.Cell;
import care.outcomes.streams.rate.CohortCell;
import care.outcomes.streams.rate.trajectory.PointCell;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;

/**
 * A kind of difference that waits to be sent to where it is added up. All kinds lie in one store, where those of one clinic
 * stand together.
 *
 * @param <K> what a difference is of
 * @param <V> the difference
 */
public final class Waits<K, V> {

    /** Differences of votes, by group and month. */
    public static final Waits<MonthOf, SortedMap<Integer, Cell>> VOTES =
            new Waits<>(0, MonthOf.CODEC, StateSerdes.cells());

    /** Differences of cohorts. */
    public static final Waits<CohortOf, CohortCell> COHORTS = new Waits<>(1, CohortOf.CODEC, StateSerdes.cohortCell());

    /** Changes of charts; of two at one place the later counts. */
    public static final Waits<ChartPlace, ChartChange> CHARTS =
            new Waits<>(2, ChartPlace.CODEC, StateSerdes.chartChange());

    /** Differences of what courses came to, of all clinics only. */
    public static final Waits<PointOf, PointCell> POINTS = new Waits<>(3, PointOf.CODEC, StateSerdes.pointCell());

    /** Differences of measure sums, by cell and stratum. */
    public static final Waits<MeasureOf, SortedMap<String, MeasureCounts>> MEASURES =
            new Waits<>(4, MeasureOf.CODEC, StateSerdes.measureCounts());

    /** Differences of feeds, by day. */
    public static final Waits<FeedDay, FeedCounts> FEEDS = new Waits<>(5, new FeedDayCodec(), StateSerdes.feedCounts());

    private static final List<Waits<?, ?>> ALL = List.of(VOTES, COHORTS, CHARTS, POINTS, MEASURES, FEEDS);

    private final int tag;
    private final Codec<K> keys;
    private final Serde<V> values;

    private Waits(int tag, Codec<K> keys, Serde<V> values) {
        this.tag = tag;
        this.keys = keys;
        this.values = values;
    }

    /**
     * Where differences meet to be added up.
     *
     * @param networkId the network
     * @param clinicId the clinic, or all
     */
    public record Place(String networkId, String clinicId) {

        /** What the keys of all begin with that waits for this place. */
        public Bytes prefix() {
            return Bytes.wrap(encoder().toBytes());
        }

        private Encoder encoder() {
            return new Encoder().text(networkId).text(clinicId);
        }

        /** The place that a key begins with. */
        public static Place of(Bytes key) {
            return read(new Decoder(key.get()));
        }

        private static Place read(Decoder in) {
            return new Place(in.text(), in.text());
        }
    }

    /** Something that waits. */
    public record Entry<K, V>(Waits<K, V> kind, K of, V difference) {}

    /** Hands over what waits, if it is of this kind. */
    @SuppressWarnings("unchecked") // of this kind are its keys and values alone
    public void of(Entry<?, ?> entry, BiConsumer<K, V> to) {
        if (entry.kind == this) {
            to.accept((K) entry.of, (V) entry.difference);
        }
    }

    /** Key of what waits. */
    public Bytes key(Place place, K of) {
        Encoder out = place.encoder().unsigned(tag);
        keys.write(of, out);
        return Bytes.wrap(out.toBytes());
    }

    public byte[] bytes(V difference) {
        return values.serializer().serialize("", difference);
    }

    public V difference(byte[] bytes) {
        return values.deserializer().deserialize("", bytes);
    }

    /** What waits under a key. */
    public static Entry<?, ?> entry(Bytes key, byte[] bytes) {
        Decoder in = new Decoder(key.get());
        Place.read(in);
        return ALL.get((int) in.unsigned()).entry(in, bytes);
    }

    private Entry<K, V> entry(Decoder key, byte[] bytes) {
        return new Entry<>(this, keys.read(key), difference(bytes));
    }
}
