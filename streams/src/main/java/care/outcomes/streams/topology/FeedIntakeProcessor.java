package care.outcomes.streams.topology;

import care.outcomes.schemas.record.FeedIntake;
import care.outcomes.streams.feed.FeedChange;
import care.outcomes.streams.feed.FeedCounts;
import care.outcomes.streams.feed.FeedDay;
import care.outcomes.streams.topology.state.FeedDifference;
import care.outcomes.streams.topology.state.StateSerdes;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what ingest says of records that gave no fact. Of each source, clinic and day the last word counts, so what is
 * sent on is by how much it differs from the one before.
 */
final class FeedIntakeProcessor implements Processor<String, SpecificRecord, String, FeedDifference> {

    static final String INTAKES = "feed-intakes";
    static final String MARKS = "feed-intake-marks";

    private static final Logger LOG = LoggerFactory.getLogger(FeedIntakeProcessor.class);

    private final boolean live;
    private ProcessorContext<String, FeedDifference> context;
    private KeyValueStore<String, FeedCounts> intakes;
    private Marks marks;

    /**
     * A processor.
     *
     * @param live whether records come as things happen; a batch cannot tell when they came
     */
    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before all else
    FeedIntakeProcessor(boolean live) {
        this.live = live;
    }

    static Set<StoreBuilder<?>> builders(StoreType type) {
        return Set.of(
                type.store(INTAKES, Serdes.String(), StateSerdes.feedCounts()),
                StoreType.small(MARKS, Serdes.String(), Serdes.Long()));
    }

    @Override
    public void init(ProcessorContext<String, FeedDifference> context) {
        this.context = context;
        intakes = context.getStateStore(INTAKES);
        marks = new Marks(context.getStateStore(MARKS));
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        if (!(record.value() instanceof FeedIntake intake) || record.key() == null) {
            LOG.warn("a record of a feed is no account of an intake; it is passed over");
            return;
        }
        FeedCounts now = counts(intake);
        FeedCounts before = intakes.get(record.key());
        intakes.put(record.key(), now);
        FeedDay day = new FeedDay(intake.getNetworkId(), intake.getClinicId(), (int)
                intake.getDay().toEpochDay());
        FeedChange change = new FeedChange().add(day, now);
        if (before != null) {
            change.subtract(day, before);
        }
        for (FeedDifference difference : FeedDifference.of(change)) {
            marks.count(Marks.SENT, 1);
            context.forward(new Record<>(difference.meetsAt(), difference, record.timestamp()));
        }
    }

    private FeedCounts counts(FeedIntake intake) {
        FeedCounts counts = FeedCounts.unusable(byReason(intake.getIgnored()), byReason(intake.getRejected()));
        return live && intake.getReceivedAt() != null
                ? counts.plus(FeedCounts.received(intake.getReceivedAt().toEpochMilli()))
                : counts;
    }

    private static SortedMap<String, Long> byReason(Map<String, Long> counts) {
        SortedMap<String, Long> byReason = new TreeMap<>(counts);
        byReason.values().removeIf(count -> count == 0);
        return byReason;
    }
}
