package care.outcomes.streams.topology;

import care.outcomes.streams.feed.FeedChange;
import care.outcomes.streams.feed.FeedCounts;
import care.outcomes.streams.measure.MeasureCell;
import care.outcomes.streams.measure.MeasureCounts;
import care.outcomes.streams.measure.MeasureSums;
import care.outcomes.streams.rate.Cells;
import care.outcomes.streams.rate.CohortCell;
import care.outcomes.streams.rate.CohortCells;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.chart.ChartCase;
import care.outcomes.streams.rate.chart.ChartCases.Place;
import care.outcomes.streams.rate.trajectory.CoursePoint;
import care.outcomes.streams.rate.trajectory.PointCell;
import care.outcomes.streams.topology.state.ChartChange;
import care.outcomes.streams.topology.state.ChartPlace;
import care.outcomes.streams.topology.state.CohortOf;
import care.outcomes.streams.topology.state.MeasureOf;
import care.outcomes.streams.topology.state.MonthOf;
import care.outcomes.streams.topology.state.NetworkGroup;
import care.outcomes.streams.topology.state.PointOf;
import care.outcomes.streams.topology.state.Waits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Differences that wait to be sent to where they are added up: they are added up here first, so that many facts send few.
 * Each clinic has its turn in the order in which something of it began to wait, so none waits for the others, and what is
 * sent is spread over time.
 *
 * <p>All of them lie in one store: each store of a task is one more partition in every transaction of its thread, and
 * alerts wait for these.
 */
final class Waiting {

    static final String STORE = "waiting";

    private final KeyValueStore<Bytes, byte[]> store;
    private final LongSupplier clock;
    private final Map<Waits.Place, Long> since = new LinkedHashMap<>();

    /**
     * What waits in a store. After a restart nobody knows since when.
     *
     * @param clock wall clock, epoch milliseconds
     */
    Waiting(KeyValueStore<Bytes, byte[]> store, LongSupplier clock) {
        this.store = store;
        this.clock = clock;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> since.putIfAbsent(Waits.Place.of(entry.key), clock.getAsLong()));
        }
    }

    static StoreBuilder<?> builder() {
        return StoreType.small(STORE, Serdes.Bytes(), Serdes.ByteArray());
    }

    /** Adds differences of votes. */
    void add(String networkId, Cells difference) {
        difference
                .byGroup()
                .forEach((group, days) -> MonthOf.split(days)
                        .forEach((month, cells) -> add(
                                Waits.VOTES,
                                place(networkId, group),
                                new MonthOf(new NetworkGroup(networkId, group), month),
                                cells,
                                CellSums::add,
                                Map::isEmpty)));
    }

    /** Adds differences of cohorts. */
    void add(String networkId, CohortCells difference) {
        difference
                .byCohort()
                .forEach((cohort, cell) -> add(
                        Waits.COHORTS,
                        place(networkId, cohort.group()),
                        new CohortOf(networkId, cohort),
                        cell,
                        CohortCell::plus,
                        CohortCell::isZero));
    }

    /** Adds changes of charts. */
    void addCharts(String networkId, SortedMap<Place, @Nullable ChartCase> changes) {
        changes.forEach((place, it) -> add(
                Waits.CHARTS,
                place(networkId, place.group()),
                new ChartPlace(networkId, place),
                new ChartChange(it),
                (before, now) -> now,
                any -> false));
    }

    /** Adds differences of what courses came to. */
    void addPoints(String networkId, SortedMap<CoursePoint, PointCell> difference) {
        difference.forEach((point, cell) -> add(
                Waits.POINTS,
                new Waits.Place(networkId, Group.ALL),
                new PointOf(networkId, point),
                cell,
                PointCell::plus,
                PointCell::isZero));
    }

    /** Adds differences of measure sums. */
    void addMeasures(String networkId, SortedMap<MeasureCell, SortedMap<String, MeasureCounts>> difference) {
        difference.forEach((cell, byStratum) -> add(
                Waits.MEASURES,
                new Waits.Place(networkId, cell.clinicId()),
                new MeasureOf(networkId, cell),
                byStratum,
                MeasureSums::plus,
                Map::isEmpty));
    }

    /** Adds differences of feeds. */
    void add(FeedChange difference) {
        difference
                .byDay()
                .forEach((day, counts) -> add(
                        Waits.FEEDS,
                        new Waits.Place(day.networkId(), day.clinicId()),
                        day,
                        counts,
                        FeedCounts::plus,
                        FeedCounts.ZERO::equals));
    }

    private static Waits.Place place(String networkId, Group group) {
        return new Waits.Place(networkId, group.clinicId());
    }

    private <K, V> void add(
            Waits<K, V> kind, Waits.Place place, K of, V more, BinaryOperator<V> plus, Predicate<V> isNothing) {
        Bytes key = kind.key(place, of);
        byte[] before = store.get(key);
        V sum = before == null ? more : plus.apply(kind.difference(before), more);
        if (isNothing.test(sum)) {
            store.delete(key);
        } else {
            store.put(key, kind.bytes(sum));
        }
        since.computeIfAbsent(place, any -> clock.getAsLong());
    }

    /**
     * Hands over all that waits for the place whose turn it is. It leaves the store after that, so that whoever looks on
     * and counts what is on its way never misses it.
     *
     * @param until wall clock at which it must have begun to wait, epoch milliseconds
     * @return whether something has waited for so long
     */
    boolean next(long until, Consumer<Sending> to) {
        if (since.isEmpty()) {
            return false;
        }
        Map.Entry<Waits.Place, Long> first = since.entrySet().iterator().next();
        if (first.getValue() > until) {
            return false;
        }
        since.remove(first.getKey());
        List<KeyValue<Bytes, byte[]>> all = new ArrayList<>();
        Serde<Bytes> keys = Serdes.Bytes();
        try (KeyValueIterator<Bytes, byte[]> entries =
                store.prefixScan(first.getKey().prefix(), keys.serializer())) {
            entries.forEachRemaining(all::add);
        }
        Sending sending = new Sending(first.getKey());
        all.forEach(entry -> sending.add(Waits.entry(entry.key, entry.value)));
        to.accept(sending);
        all.forEach(entry -> store.delete(entry.key));
        return true;
    }
}
