package care.outcomes.streams.topology;

import care.outcomes.schemas.CohortHorizon;
import care.outcomes.schemas.ShareableRules;
import care.outcomes.schemas.record.ShareableRateRow;
import care.outcomes.streams.rate.shareable.CohortCounts;
import care.outcomes.streams.rate.shareable.Release;
import care.outcomes.streams.rate.shareable.Releasing;
import care.outcomes.streams.rate.shareable.Threshold;
import care.outcomes.streams.topology.state.Leaf;
import care.outcomes.streams.topology.state.ToTotals;
import care.outcomes.streams.topology.state.TreeOf;
import care.outcomes.streams.topology.state.Walked;
import java.time.Duration;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The shareable task: all clinics of a network meet here, and what may be told is released. What is told once cannot be
 * taken back, so it waits until nothing is on its way: when all is drained, or nothing has changed for a while. When other
 * rules are in force every row is told again under them, also one whose counts may not follow: which rows those are must
 * not be told.
 */
final class ShareableProcessor implements Processor<String, ToTotals, String, ShareableRateRow> {

    private static final Duration TICK = Duration.ofMillis(250);

    private final HorizonClock clock;
    private final CatchUp catchUp;
    private final long settle;
    private final CohortHorizon horizon;
    private final Releasing releasing;
    private final String ruleset;
    private final int totalsTasks;

    private ProcessorContext<String, ShareableRateRow> context;
    private ShareableStores stores;
    private Marks marks;
    private RulesInForce inForce;
    private int today = Integer.MIN_VALUE;

    /**
     * A processor.
     *
     * @param settle how long nothing may change before it is released while the horizon moves
     * @param ruleset rules that patient tasks derive under
     * @param totalsTasks how many tasks send counts
     */
    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before all else
    ShareableProcessor(
            HorizonClock clock,
            CatchUp catchUp,
            Duration settle,
            ShareableRules rules,
            String ruleset,
            int totalsTasks) {
        this.clock = clock;
        this.catchUp = catchUp;
        this.settle = settle.toMillis();
        this.horizon = rules.horizon();
        this.releasing = new Releasing(new Threshold(rules.smallest()));
        this.ruleset = ruleset;
        this.totalsTasks = totalsTasks;
    }

    @Override
    public void init(ProcessorContext<String, ShareableRateRow> context) {
        this.context = context;
        stores = new ShareableStores(context);
        marks = new Marks(context.getStateStore(ShareableStores.MARKS));
        inForce = new RulesInForce(marks, ruleset, totalsTasks);
        clock.restore(marks.get(Marks.HORIZON));
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, ToTotals> record) {
        if (record.value() instanceof Leaf leaf) {
            stores.put(leaf, context.currentSystemTimeMs());
            marks.count(Marks.ADDED, 1);
        } else if (record.value() instanceof Walked walked) {
            inForce.heard(walked);
        }
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
        if (inForce.replaceOthers()) {
            stores.released().forEach(tree -> tell(tree.key, Release.NOTHING, tree.value, now));
        }
        for (KeyValue<TreeOf, Long> tree : stores.changed()) {
            boolean quiet = clock.isLive() && catchUp.littleIsToCome() && now - tree.value >= settle;
            if (inForce.hold() && (quiet || catchUp.allIsIn())) {
                release(tree.key, now);
            }
        }
    }

    private void release(TreeOf tree, long now) {
        Release before = stores.release(tree);
        CohortCounts counts = stores.counts(tree);
        Release after = releasing.next(
                before, counts, tree.year(), period -> counts.isOver(period, horizon.latest(), today), today);
        stores.settle(tree, before, after);
        tell(tree, before, after, now);
    }

    private void tell(TreeOf tree, Release before, Release after, long now) {
        ShareableRows rows = new ShareableRows(tree, horizon.id(), inForce.name(), now);
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
}
