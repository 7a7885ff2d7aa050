package care.outcomes.streams.topology;

import care.outcomes.schemas.record.MeasureRow;
import care.outcomes.streams.measure.MeasureCounts;
import care.outcomes.streams.measure.MeasureSums;
import care.outcomes.streams.measure.QualityMeasures;
import care.outcomes.streams.topology.state.MeasureDifference;
import care.outcomes.streams.topology.state.MeasureOf;
import care.outcomes.streams.topology.state.MeasureSum;
import care.outcomes.streams.topology.state.ToTotals;
import care.outcomes.streams.topology.state.Walked;
import java.time.Duration;
import java.util.SortedMap;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The measure totals task: add differences up, publish the sums that changed or became final, and all of them again when
 * other rules come into force.
 */
final class MeasureProcessor implements Processor<String, ToTotals, String, MeasureRow> {

    private static final Logger LOG = LoggerFactory.getLogger(MeasureProcessor.class);

    private static final Duration TICK = Duration.ofMillis(250);

    /** How often sums are published while much is still to come, milliseconds. */
    private static final long WHILE_BEHIND = 60_000;

    private final HorizonClock clock;
    private final CatchUp catchUp;
    private final QualityMeasures measures;
    private final String ruleset;
    private final int patientTasks;

    private ProcessorContext<String, MeasureRow> context;
    private MeasureStores stores;
    private Marks marks;
    private RulesInForce rules;
    private Sensor negative;
    private int today = Integer.MIN_VALUE;
    private long lastPublished;

    /**
     * A processor.
     *
     * @param ruleset rules that patient tasks derive under
     * @param patientTasks how many of them there are
     */
    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before all else
    MeasureProcessor(HorizonClock clock, CatchUp catchUp, QualityMeasures measures, String ruleset, int patientTasks) {
        this.clock = clock;
        this.catchUp = catchUp;
        this.measures = measures;
        this.ruleset = ruleset;
        this.patientTasks = patientTasks;
    }

    @Override
    public void init(ProcessorContext<String, MeasureRow> context) {
        this.context = context;
        stores = new MeasureStores(context);
        marks = new Marks(context.getStateStore(MeasureStores.MARKS));
        rules = new RulesInForce(marks, ruleset, patientTasks);
        clock.restore(marks.get(Marks.HORIZON));
        lastPublished = context.currentSystemTimeMs();
        negative = context.metrics()
                .addRateTotalSensor(
                        "outcomes", context.taskId().toString(), "negative-measure-counts", Sensor.RecordingLevel.INFO);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, ToTotals> record) {
        if (record.value() instanceof MeasureDifference difference) {
            difference
                    .cells()
                    .forEach((cell, byStratum) -> stores.add(new MeasureOf(difference.networkId(), cell), byStratum));
            marks.count(Marks.ADDED, 1);
        } else if (record.value() instanceof Walked walked) {
            rules.heard(walked);
        }
    }

    private void tick(long now) {
        int day = clock.at(now).day();
        if (day > today) {
            begin(day);
        }
        if (catchUp.littleIsToCome() || now - lastPublished >= WHILE_BEHIND) {
            lastPublished = now;
            boolean again = rules.replaceOthers();
            if (again) {
                stores.published().forEach(stores::touch);
            }
            stores.dirty().forEach(of -> publish(of, again, now));
        }
    }

    /** On a new day windows have closed. */
    private void begin(int day) {
        today = day;
        stores.published().forEach(of -> {
            MeasureSum row = stores.row(of);
            if (row != null && row.closed() != closed(of)) {
                stores.touch(of);
            }
        });
        if (clock.isAheadOf(marks.get(Marks.HORIZON))) {
            marks.set(Marks.HORIZON, clock.reached());
        }
    }

    private boolean closed(MeasureOf of) {
        return measures.lastDay(of.cell().measure(), of.cell().period()) < today;
    }

    private void publish(MeasureOf of, boolean again, long now) {
        SortedMap<String, MeasureCounts> byStratum = stores.sum(of);
        MeasureSum old = stores.row(of);
        if (byStratum.isEmpty()) {
            if (old != null) {
                stores.delete(of);
                context.forward(new Record<>(MeasureRows.key(of), null, now));
            }
        } else if (again
                || old == null
                || old.closed() != closed(of)
                || !old.byStratum().equals(byStratum)) {
            MeasureSum row = new MeasureSum(byStratum, closed(of), old == null ? 1 : old.revision() + 1);
            check(of, MeasureSums.total(byStratum));
            stores.put(of, row);
            context.forward(new Record<>(MeasureRows.key(of), MeasureRows.of(of, row, rules.name(), now), now));
        }
        stores.settle(of);
    }

    /** Such counts cannot be; they are published all the same, so that an audit finds them. */
    private void check(MeasureOf of, MeasureCounts total) {
        if (!total.isPlausible()) {
            negative.record();
            LOG.error("counts of {} cannot be: {}", MeasureRows.key(of), total);
        }
    }
}
