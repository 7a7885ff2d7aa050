package care.outcomes.streams.topology;

import care.outcomes.schemas.RateRules;
import care.outcomes.streams.topology.state.CohortOf;
import care.outcomes.streams.topology.state.Difference;
import care.outcomes.streams.topology.state.RowOf;
import care.outcomes.streams.topology.state.ToTotals;
import care.outcomes.streams.topology.state.Walked;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The totals task: differences of periods and cohorts are added up, rows that changed are published. When all patients
 * have been derived under new rules, every row is published under them.
 */
final class TotalsProcessor implements Processor<String, ToTotals, String, Output> {

    private static final Duration TICK = Duration.ofMillis(250);

    /** How often rows of the past are published while much is still to come, milliseconds. */
    private static final long WHILE_BEHIND = 60_000;

    /** How often charts are drawn while facts go on coming, milliseconds. */
    private static final long DRAW_EVERY = 10_000;

    /** How long the lag must have been small, at least, before references are cut, and time between two attempts. */
    private static final long QUIET = 60_000;

    /**
     * Rows published in one tick, of periods and of cohorts each, before the rest waits for the next. A tick that took longer
     * than a transaction may would be taken back, and begin anew for ever.
     */
    private static final int SLICE = 4_000;

    private final HorizonClock clock;
    private final CatchUp catchUp;
    private final String ruleset;
    private final int patientTasks;
    private final RateRules rates;
    private final long settle;
    private final String sharedHorizon;
    private final Pace past;

    private ProcessorContext<String, Output> context;
    private PeriodTotals periods;
    private CohortTotals cohorts;
    private ChartTotals charts;
    private ReferenceTotals referenceTotals;
    private References references;
    private Marks marks;
    private RulesInForce rules;
    private Sensor negative;
    private @Nullable RowOf lastRow;
    private @Nullable CohortOf lastCohort;
    private int today = Integer.MIN_VALUE;
    private long lastPublished;
    private long lastDrawn;
    private long lastBehind;
    private long lastCut;
    private boolean added = true;

    /**
     * A processor.
     *
     * @param ruleset rules that patient tasks derive under
     * @param patientTasks how many of them there are
     * @param settle how long the lag must have been small before references are cut from what there is
     * @param sharedHorizon catalogue id of the horizon of the shareable tier
     * @param past pace at which rows of past days are published
     */
    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before all else
    TotalsProcessor(
            HorizonClock clock,
            CatchUp catchUp,
            String ruleset,
            int patientTasks,
            RateRules rates,
            Duration settle,
            String sharedHorizon,
            Pace past) {
        this.clock = clock;
        this.catchUp = catchUp;
        this.ruleset = ruleset;
        this.patientTasks = patientTasks;
        this.rates = rates;
        this.settle = settle.toMillis();
        this.sharedHorizon = sharedHorizon;
        this.past = past;
    }

    static Set<StoreBuilder<?>> builders(StoreType type) {
        Set<StoreBuilder<?>> builders = new HashSet<>(TotalsStores.builders(type));
        builders.addAll(CohortTotals.builders(type));
        builders.addAll(ChartTotals.builders(type));
        builders.addAll(ReferenceTotals.builders(type));
        builders.addAll(SharedLeaves.builders(type));
        return builders;
    }

    @Override
    public void init(ProcessorContext<String, Output> context) {
        this.context = context;
        periods = new PeriodTotals(new TotalsStores(context), clock.isLive());
        cohorts = new CohortTotals(context, new SharedLeaves(context, sharedHorizon));
        charts = new ChartTotals(context, rates);
        references = new References(context);
        referenceTotals = new ReferenceTotals(context, rates, references);
        marks = new Marks(context.getStateStore(TotalsStores.MARKS));
        rules = new RulesInForce(marks, ruleset, patientTasks);
        clock.restore(marks.get(Marks.HORIZON));
        lastPublished = context.currentSystemTimeMs();
        lastBehind = lastPublished;
        negative = context.metrics()
                .addRateTotalSensor(
                        "outcomes", context.taskId().toString(), "negative-counts", Sensor.RecordingLevel.INFO);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, ToTotals> record) {
        if (record.value() instanceof Difference difference) {
            periods.add(difference.networkId(), difference.cells());
            cohorts.add(difference.networkId(), difference.cohorts());
            charts.add(difference.networkId(), difference.charts(), today);
            referenceTotals.add(difference.networkId(), difference.points());
            added = true;
            marks.put(Marks.COMPARED, 0);
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
        if (!catchUp.littleIsToCome()) {
            lastBehind = now;
        }
        if (clock.isLive()) {
            periods.publishToday(today, sink(now));
        }
        if (catchUp.littleIsToCome() || now - lastPublished >= WHILE_BEHIND) {
            enforce();
            past.go(now, () -> periods.publish(today, SLICE, sink(now)));
            if (periods.allPublished()) {
                lastPublished = now;
            }
            compare(now);
            marks.count(Marks.SENT, cohorts.publish(today, SLICE, references, sink(now)));
            publishAgain(now);
        }
    }

    private void begin(int day) {
        today = day;
        periods.begin(day);
        cohorts.begin(day);
        charts.begin(day);
        added = true;
        marks.set(Marks.COMPARED, 0);
        marks.set(Marks.SEEN, references.seen());
        if (clock.isAheadOf(marks.get(Marks.HORIZON))) {
            marks.set(Marks.HORIZON, clock.reached());
        }
    }

    private void enforce() {
        if (rules.replaceOthers()) {
            marks.set(Marks.AGAIN, 1);
            charts.touch();
            lastRow = null;
            lastCohort = null;
        }
    }

    /** In slices; a restart begins again, which repeats rows but loses none. */
    private void publishAgain(long now) {
        long stage = marks.get(Marks.AGAIN);
        if (stage == 1) {
            lastRow = periods.publishAgain(lastRow, SLICE, sink(now));
            if (lastRow == null) {
                marks.set(Marks.AGAIN, 2);
            }
        } else if (stage == 2) {
            lastCohort = cohorts.publishAgain(lastCohort, SLICE, today, sink(now));
            if (lastCohort == null) {
                marks.set(Marks.AGAIN, 3);
            }
        } else if (stage == 3 && cohorts.allPublished()) {
            sink(now).share(context.taskId().partition(), rules);
            marks.set(Marks.AGAIN, 0);
        }
    }

    /**
     * References are cut, and charts drawn, from all that is there: at the end of a load at once; live, once the lag has
     * been small for a while, and charts every few seconds. Rows and charts follow what they are compared with.
     */
    private void compare(long now) {
        boolean allIn = catchUp.allIsIn();
        boolean settled = clock.isLive() && now - Math.max(lastBehind, lastCut) >= Math.max(settle, QUIET);
        if (added && rules.hold() && (allIn || settled)) {
            lastCut = now;
            referenceTotals.cut(KnownReferences.lastMonth(today), periods.groups(), cohorts, sink(now));
            added = false;
        }
        if (references.refresh()) {
            cohorts.touch();
            charts.touch();
        }
        marks.put(Marks.SEEN, references.seen());
        if (allIn || now - lastDrawn >= DRAW_EVERY) {
            lastDrawn = now;
            int drawn = charts.publish(today, references, sink(now));
            if (drawn > 0) {
                marks.count(Marks.CLINICS_SENT, drawn);
            }
        }
        if (allIn && !added) {
            marks.put(Marks.COMPARED, 1);
        }
    }

    private RateSink sink(long now) {
        return new RateSink(context, negative, rules.name(), now);
    }
}
