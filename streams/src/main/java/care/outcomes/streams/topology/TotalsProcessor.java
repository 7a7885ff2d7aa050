package care.outcomes.streams.topology;

import care.outcomes.schemas.record.RateRow;
import care.outcomes.streams.rate.Cell;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Roll;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Window;
import care.outcomes.streams.topology.state.CountedRow;
import care.outcomes.streams.topology.state.Difference;
import care.outcomes.streams.topology.state.NetworkGroup;
import care.outcomes.streams.topology.state.RowOf;
import java.time.Duration;
import java.util.SortedMap;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The totals task: add differences up, roll them through the windows, publish the rows that changed. */
final class TotalsProcessor implements Processor<String, Difference, String, RateRow> {

    private static final Logger LOG = LoggerFactory.getLogger(TotalsProcessor.class);

    private static final Duration TICK = Duration.ofMillis(250);

    /** How often rows are published while much is still to come, milliseconds. */
    private static final long WHILE_BEHIND = 60_000;

    private final HorizonClock clock;
    private final CatchUp catchUp;
    private final String ruleset;

    private ProcessorContext<String, RateRow> context;
    private TotalsStores stores;
    private Marks marks;
    private Sensor negative;
    private int today = Integer.MIN_VALUE;
    private long lastPublished;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before all else
    TotalsProcessor(HorizonClock clock, CatchUp catchUp, String ruleset) {
        this.clock = clock;
        this.catchUp = catchUp;
        this.ruleset = ruleset;
    }

    @Override
    public void init(ProcessorContext<String, RateRow> context) {
        this.context = context;
        stores = new TotalsStores(context);
        marks = new Marks(context.getStateStore(TotalsStores.MARKS));
        clock.restore(marks.get(Marks.HORIZON));
        lastPublished = context.currentSystemTimeMs();
        negative = context.metrics()
                .addRateTotalSensor(
                        "outcomes", context.taskId().toString(), "negative-counts", Sensor.RecordingLevel.INFO);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, Difference> record) {
        Difference difference = record.value();
        difference.cells().forEach((group, days) -> {
            stores.add(new NetworkGroup(difference.networkId(), group), days);
            if (!group.treatment().equals(Group.ALL)) {
                stores.add(new NetworkGroup(difference.networkId(), group.overTreatments()), days);
            }
        });
        marks.count(Marks.ADDED, 1);
    }

    private void tick(long now) {
        int day = clock.at(now).day();
        if (day > today) {
            begin(day);
        }
        if (catchUp.lagIsSmall() || now - lastPublished >= WHILE_BEHIND) {
            lastPublished = now;
            stores.dirty().forEach(entry -> publish(entry.key, entry.value, now));
        }
    }

    /** On a new day all groups roll on. */
    private void begin(int day) {
        today = day;
        stores.rolled().forEach(entry -> {
            if (entry.value < day) {
                stores.touch(entry.key, entry.value + 1);
            }
        });
        if (clock.isAheadOf(marks.get(Marks.HORIZON))) {
            marks.set(Marks.HORIZON, clock.reached());
        }
    }

    private void publish(NetworkGroup group, int dirty, long now) {
        Integer rolled = stores.rolledTo(group);
        int to = rolled == null ? today : Math.max(today, rolled);
        int from = rolled == null ? dirty : Math.min(dirty, rolled + 1);
        if (from <= to) {
            SortedMap<Integer, Cell> cells = stores.cells(group, from - Window.P365D.days(), to);
            for (Window window : Window.values()) {
                publish(group, window, cells, from, to, now);
            }
        }
        stores.settle(group, to);
    }

    private void publish(
            NetworkGroup group, Window window, SortedMap<Integer, Cell> cells, int from, int to, long now) {
        Tally before = stores.before(group, window, from);
        SortedMap<Integer, Tally> due = RateRows.due(Roll.of(cells, window, before, from, to), before);
        SortedMap<Integer, CountedRow> published = stores.rows(group, window, from, to);
        due.forEach((day, tally) -> {
            CountedRow old = published.remove(day);
            if (old == null || !old.tally().equals(tally)) {
                RowOf key = new RowOf(group, window, day);
                CountedRow row = new CountedRow(tally, old == null ? 1 : old.revision() + 1);
                check(key, tally);
                stores.put(key, row);
                context.forward(new Record<>(RateRows.key(key), RateRows.of(key, row, ruleset, now), now));
            }
        });
        published.keySet().forEach(day -> {
            RowOf key = new RowOf(group, window, day);
            stores.delete(key);
            context.forward(new Record<>(RateRows.key(key), null, now));
        });
    }

    /** Such counts cannot be; they are published all the same, so that an audit finds them. */
    private void check(RowOf key, Tally tally) {
        if (!tally.isPlausible()) {
            negative.record();
            LOG.error("counts of {} cannot be: {}", RateRows.key(key), tally);
        }
    }
}
