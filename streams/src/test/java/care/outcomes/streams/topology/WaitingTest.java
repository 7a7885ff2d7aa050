package care.outcomes.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.streams.feed.FeedChange;
import care.outcomes.streams.feed.FeedCounts;
import care.outcomes.streams.feed.FeedDay;
import care.outcomes.streams.measure.MeasureCell;
import care.outcomes.streams.measure.MeasureCounts;
import care.outcomes.streams.rate.Cell;
import care.outcomes.streams.rate.Cells;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Tally.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What waits to be sent, and whose turn it is. */
class WaitingTest {
    private static final String NETWORK = "north";
    private static final int DAY = 20_000;

    private final AtomicLong now = new AtomicLong(1_000);
    private final KeyValueStore<Bytes, byte[]> store = store();
    private final Waiting waiting = new Waiting(store, now::get);

    @Test
    void clinicsHaveTheirTurnsInTheOrderInWhichTheyBeganToWait() {
        votes("west", DAY, 1);
        now.addAndGet(10);
        votes("east", DAY, 1);
        now.addAndGet(10);
        votes("west", DAY + 40, 1);

        assertThat(sent(waiting, 999)).isEmpty();
        assertThat(sent(waiting, 1_000)).containsExactly("west: 2 days");
        assertThat(sent(waiting, 1_009)).isEmpty();
        votes("west", DAY, 1);
        assertThat(sent(waiting, Long.MAX_VALUE)).containsExactly("east: 1 days", "west: 1 days");
        assertThat(sent(waiting, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void allKindsOfAClinicGoTogetherAndWhatComesToNothingDoesNot() {
        votes("west", DAY, 1);
        votes("east", DAY, 1);
        votes("east", DAY, -1);
        measures("west", 1);
        waiting.add(new FeedChange().add(new FeedDay(NETWORK, "west", DAY), FeedCounts.applied(2)));
        waiting.add(new FeedChange().add(new FeedDay(NETWORK, "west", DAY), FeedCounts.applied(3)));
        measures("east", 1);
        measures("east", -1);

        assertThat(sent(waiting, Long.MAX_VALUE)).containsExactly("west: 1 days, 1 measures, feed of 5", "east:");
        assertThat(isEmpty()).isTrue();
    }

    @Test
    void aTaskThatBeginsAgainFindsWhatWaits() {
        votes("west", DAY, 1);
        votes("east", DAY, 1);
        now.addAndGet(500);
        Waiting again = new Waiting(store, now::get);
        assertThat(sent(again, 1_499)).isEmpty();
        assertThat(sent(again, 1_500)).containsExactlyInAnyOrder("west: 1 days", "east: 1 days");
    }

    /** Whoever looks on first at what waits and then at what was sent must find it at one of the two. */
    @Test
    void whatIsSentWaitsUntilItIsSent() {
        votes("west", DAY, 1);
        assertThat(waiting.next(Long.MAX_VALUE, sending -> assertThat(isEmpty()).isFalse()))
                .isTrue();
        assertThat(isEmpty()).isTrue();
    }

    private boolean isEmpty() {
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            return !all.hasNext();
        }
    }

    private void votes(String clinicId, int day, int votes) {
        Tally one = Tally.one(Count.PENDING);
        Cells cells = new Cells();
        cells.add(
                new Group(clinicId, "KETAMINE_IV", "phq9"),
                day,
                new Cell(votes > 0 ? one : Tally.ZERO.minus(one), Cell.ZERO.ended(), Cell.ZERO.replaced()));
        waiting.add(NETWORK, cells);
    }

    private void measures(String clinicId, int patients) {
        waiting.addMeasures(
                NETWORK,
                new TreeMap<>(Map.of(
                        new MeasureCell("cms159", 2025, 2025, clinicId),
                        new TreeMap<>(Map.of("", new MeasureCounts(patients, 0, 0, 0))))));
    }

    private static List<String> sent(Waiting from, long until) {
        List<String> sent = new ArrayList<>();
        boolean more = true;
        while (more) {
            more = from.next(until, sending -> {
                List<String> parts = new ArrayList<>();
                sending.rates()
                        .forEach(difference -> parts.add(difference.cells().values().stream()
                                        .mapToInt(Map::size)
                                        .sum()
                                + " days"));
                sending.measures()
                        .forEach(difference -> parts.add(difference.cells().size() + " measures"));
                sending.feeds()
                        .forEach(difference -> parts.add("feed of "
                                + difference.days().values().stream()
                                        .mapToLong(FeedCounts::read)
                                        .sum()));
                sent.add((sending.place().clinicId() + ": " + String.join(", ", parts)).strip());
            });
        }
        return sent;
    }

    private static KeyValueStore<Bytes, byte[]> store() {
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(Waiting.STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(new MockProcessorContext<>().getStateStoreContext(), store);
        return store;
    }
}
