package care.outcomes.streams.topology;

import care.outcomes.schemas.record.FeedRow;
import care.outcomes.streams.feed.FeedCounts;
import care.outcomes.streams.feed.FeedDay;
import care.outcomes.streams.topology.state.FeedDifference;
import care.outcomes.streams.topology.state.FeedState;
import care.outcomes.streams.topology.state.StateSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** The feed task: adds differences up, and publishes the days of clinics that changed. */
final class FeedProcessor implements Processor<String, FeedDifference, String, FeedRow> {

    static final String FEEDS = "feeds";
    static final String DIRTY = "feeds-dirty";
    static final String MARKS = "feed-marks";

    private static final Duration TICK = Duration.ofMillis(500);

    /** How often rows are published while much is still to come, milliseconds. */
    private static final long WHILE_BEHIND = 30_000;

    private static final byte[] PRESENT = {1};

    private final CatchUp catchUp;
    private final Pace pace;
    private ProcessorContext<String, FeedRow> context;
    private KeyValueStore<FeedDay, FeedState> feeds;
    private KeyValueStore<FeedDay, byte[]> dirty;
    private Marks marks;
    private long lastPublished;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before all else
    FeedProcessor(CatchUp catchUp, Pace pace) {
        this.catchUp = catchUp;
        this.pace = pace;
    }

    static Set<StoreBuilder<?>> builders(StoreType type) {
        return Set.of(
                type.store(FEEDS, StateSerdes.feedDay(), StateSerdes.feed()),
                StoreType.small(DIRTY, StateSerdes.feedDay(), Serdes.ByteArray()),
                StoreType.small(MARKS, Serdes.String(), Serdes.Long()));
    }

    @Override
    public void init(ProcessorContext<String, FeedRow> context) {
        this.context = context;
        feeds = context.getStateStore(FEEDS);
        dirty = context.getStateStore(DIRTY);
        marks = new Marks(context.getStateStore(MARKS));
        lastPublished = context.currentSystemTimeMs();
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, FeedDifference> record) {
        FeedDifference difference = record.value();
        difference.days().forEach((number, counts) -> {
            FeedDay day = difference.on(number);
            FeedState before = feeds.get(day);
            FeedState state = before == null ? FeedState.NEW : before;
            feeds.put(day, new FeedState(state.counts().plus(counts), state.revision()));
            dirty.put(day, PRESENT);
        });
        marks.count(Marks.ADDED, 1);
    }

    private void tick(long now) {
        if (catchUp.littleIsToCome() || now - lastPublished >= WHILE_BEHIND) {
            lastPublished = now;
            pace.go(now, () -> publish(now));
        }
    }

    private long publish(long now) {
        List<FeedDay> days = new ArrayList<>();
        try (KeyValueIterator<FeedDay, byte[]> all = dirty.all()) {
            all.forEachRemaining(day -> days.add(day.key));
        }
        days.forEach(day -> publish(day, now));
        return days.size();
    }

    private void publish(FeedDay day, long now) {
        FeedState state = feeds.get(day);
        FeedCounts counts = state == null ? FeedCounts.ZERO : state.counts();
        if (state == null || counts.isEmpty()) {
            feeds.delete(day);
            context.forward(new Record<>(FeedRows.key(day), null, now));
        } else {
            FeedState published = new FeedState(counts, state.revision() + 1);
            feeds.put(day, published);
            context.forward(new Record<>(FeedRows.key(day), FeedRows.of(day, published, now), now));
        }
        dirty.delete(day);
    }
}
