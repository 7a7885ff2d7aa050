package care.outcomes.streams.topology;

import care.outcomes.schemas.CohortHorizon;
import care.outcomes.schemas.ShareableRules;
import care.outcomes.schemas.record.ShareableRateRow;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Tally.Count;
import care.outcomes.streams.rate.shareable.Block;
import care.outcomes.streams.rate.shareable.CohortCounts;
import care.outcomes.streams.rate.shareable.Period;
import care.outcomes.streams.rate.shareable.Release;
import care.outcomes.streams.rate.shareable.Releasing;
import care.outcomes.streams.rate.shareable.Threshold;
import care.outcomes.streams.topology.state.Leaf;
import care.outcomes.streams.topology.state.TreeOf;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The shareable task: all clinics of a network meet here, and what may be told is released. What is told once cannot be
 * taken back, so it waits until nothing is on its way: when all is drained, or nothing has changed for a while.
 */
final class ShareableProcessor implements Processor<String, Leaf, String, ShareableRateRow> {

    private static final Duration TICK = Duration.ofMillis(250);

    private final HorizonClock clock;
    private final CatchUp catchUp;
    private final long settle;
    private final CohortHorizon horizon;
    private final Releasing releasing;
    private final String ruleset;

    private ProcessorContext<String, ShareableRateRow> context;
    private ShareableStores stores;
    private Marks marks;
    private int today = Integer.MIN_VALUE;

    /**
     * A processor.
     *
     * @param settle how long nothing may change before it is released while the horizon moves
     */
    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before all else
    ShareableProcessor(HorizonClock clock, CatchUp catchUp, Duration settle, ShareableRules rules, String ruleset) {
        this.clock = clock;
        this.catchUp = catchUp;
        this.settle = settle.toMillis();
        this.horizon = rules.horizon();
        this.releasing = new Releasing(new Threshold(rules.smallest()));
        this.ruleset = ruleset;
    }

    @Override
    public void init(ProcessorContext<String, ShareableRateRow> context) {
        this.context = context;
        stores = new ShareableStores(context);
        marks = new Marks(context.getStateStore(ShareableStores.MARKS));
        clock.restore(marks.get(Marks.HORIZON));
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, Leaf> record) {
        stores.put(record.value(), context.currentSystemTimeMs());
        marks.count(Marks.ADDED, 1);
    }

    private void tick(long now) {
        int day = clock.at(now).day();
        if (day > today) {
            today = day;
            stores.changeAll(now);
            if (clock.isAheadOf(marks.get(Marks.HORIZON))) {
                marks.set(Marks.HORIZON, clock.reached());
            }
        }
        for (KeyValue<TreeOf, Long> tree : stores.changed()) {
            boolean quiet = clock.isLive() && catchUp.lagIsSmall() && now - tree.value >= settle;
            if (quiet || catchUp.allIsIn()) {
                release(tree.key, now);
            }
        }
    }

    private void release(TreeOf tree, long now) {
        Release before = stores.release(tree);
        CohortCounts counts = stores.counts(tree);
        Release after = releasing.next(before, counts, tree.year(), period -> isOver(period, counts), today);
        stores.settle(tree, before, after);
        ShareableRows rows = new ShareableRows(tree, horizon.id(), ruleset, now);
        after.rows().forEach((block, row) -> {
            if (!row.equals(before.rows().get(block))) {
                context.forward(new Record<>(rows.key(block), rows.of(block, row), now));
            }
        });
        after.suppressed().forEach(block -> {
            if (!before.suppressed().contains(block)) {
                context.forward(new Record<>(rows.key(block), rows.suppressed(block, today), now));
            }
        });
    }

    /** Whether the last window of a period has closed, and every count says so. */
    private boolean isOver(Period period, CohortCounts counts) {
        if (today <= period.lastDay().toEpochDay() + horizon.latest()) {
            return false;
        }
        Block all = Block.all(period);
        for (Map.Entry<Block, Tally> leaf : counts.leaves().entrySet()) {
            if (all.contains(leaf.getKey()) && leaf.getValue().get(Count.PENDING) > 0) {
                return false;
            }
        }
        return true;
    }
}
