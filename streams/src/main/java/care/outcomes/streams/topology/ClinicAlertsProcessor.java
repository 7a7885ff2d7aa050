package care.outcomes.streams.topology;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.FeedRules;
import care.outcomes.schemas.record.FeedRow;
import care.outcomes.streams.alert.ClinicLedger;
import care.outcomes.streams.alert.Drift;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.topology.state.ClinicSignal;
import care.outcomes.streams.topology.state.ClinicState;
import care.outcomes.streams.topology.state.StateSerdes;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The task of the alerts that clinics themselves give: silence of the feed, drift of outcomes. It takes in rows of feeds,
 * and what charts and people say; what it tells follows the same path as for patients.
 */
final class ClinicAlertsProcessor implements Processor<String, Object, String, Output> {

    static final String CLINICS = "clinics";
    static final String DIRTY = "clinics-dirty";
    static final String MARKS = "clinic-marks";

    private static final Duration TICK = Duration.ofMillis(500);
    private static final byte[] PRESENT = {1};

    private final AlertRules catalogue;
    private final FeedRules feeds;
    private final String ruleset;
    private final HorizonClock clock;
    private final CatchUp catchUp;
    private final long settle;
    private ProcessorContext<String, Output> context;
    private KeyValueStore<String, ClinicState> clinics;
    private KeyValueStore<String, byte[]> dirty;
    private ClinicSettingsView settings;
    private Loads loads;
    private Overrides overrides;
    private Marks marks;

    /**
     * A processor.
     *
     * @param settle how long no day from long ago may change before grounds from long ago are told
     */
    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before all else
    ClinicAlertsProcessor(
            AlertRules catalogue,
            FeedRules feeds,
            String ruleset,
            HorizonClock clock,
            CatchUp catchUp,
            Duration settle) {
        this.catalogue = catalogue;
        this.feeds = feeds;
        this.ruleset = ruleset;
        this.clock = clock;
        this.catchUp = catchUp;
        this.settle = settle.toMillis();
    }

    static Set<StoreBuilder<?>> builders(StoreType type) {
        return Set.of(
                type.store(CLINICS, Serdes.String(), StateSerdes.clinic()),
                StoreType.small(DIRTY, Serdes.String(), Serdes.ByteArray()),
                StoreType.small(MARKS, Serdes.String(), Serdes.Long()));
    }

    @Override
    public void init(ProcessorContext<String, Output> context) {
        this.context = context;
        clinics = context.getStateStore(CLINICS);
        dirty = context.getStateStore(DIRTY);
        settings = new ClinicSettingsView(context.getStateStore(ClinicSettingsView.STORE), feeds);
        loads = new Loads(context.getStateStore(Loads.STORE));
        overrides = new Overrides(context.getStateStore(Overrides.STORE), catalogue);
        marks = new Marks(context.getStateStore(MARKS));
        clock.restore(marks.get(Marks.HORIZON));
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    /**
     * Rows of feeds come by clinic and day, taken back ones without a value; signals by clinic. A day breaks a silence on
     * which something took place that was sent; the birth of a patient does not.
     */
    @Override
    public void process(Record<String, Object> record) {
        long now = context.currentSystemTimeMs();
        if (record.value() instanceof ClinicSignal signal) {
            marks.count(Marks.ADDED, 1);
            ClinicState before = state(record.key());
            ClinicState after = before;
            if (signal instanceof ClinicSignal.Drifted drifted && isOneGroup(record.key(), drifted.drift())) {
                after = before.with(drifted.drift());
            } else if (signal instanceof ClinicSignal.Acted acted) {
                after = before.with(acted.action());
            }
            keep(record.key(), before, after);
        } else {
            int end = record.key().lastIndexOf('·');
            String clinic = record.key().substring(0, end);
            int day = (int) LocalDate.parse(record.key().substring(end + 1)).toEpochDay();
            boolean sent = record.value() instanceof FeedRow row && row.getLatestOccurredAt() != null;
            ClinicState before = state(clinic);
            keep(clinic, before, before.with(day, sent, now));
        }
    }

    /** Sums over clinics or treatments say nothing that their parts do not. */
    private static boolean isOneGroup(String clinic, Drift drift) {
        return !clinic.endsWith("·" + Group.ALL) && !drift.treatment().equals(Group.ALL);
    }

    private ClinicState state(String clinic) {
        ClinicState state = clinics.get(clinic);
        return state == null ? ClinicState.NEW : state;
    }

    private void keep(String clinic, ClinicState before, ClinicState after) {
        if (!after.equals(before)) {
            clinics.put(clinic, after);
            dirty.put(clinic, PRESENT);
        }
    }

    private void tick(long now) {
        Moment moment = new Moment(clock.at(now), now, catchUp.allCaughtUp());
        loads.refresh(now, closedAt -> moment.isBatch() || catchUp.hasReadUpTo(closedAt));
        // A batch tells what stands when all is in: a silence that was told on the way would leave its trace.
        if (!moment.caughtUp() || !catchUp.lagIsSmall() || (moment.isBatch() && !catchUp.allIsIn())) {
            return;
        }
        boolean otherRules = overrides.refresh(now);
        for (KeyValue<String, ClinicState> clinic : listed()) {
            ClinicState state = clinic.value;
            boolean changed = dirty.get(clinic.key) != null;
            boolean due = !moment.isBatch() && state.due() <= moment.reach();
            if (changed || due || otherRules || state.recheck() <= now) {
                look(clinic.key, state, moment);
            }
        }
        if (clock.isAheadOf(marks.get(Marks.HORIZON))) {
            marks.set(Marks.HORIZON, clock.reached());
        }
    }

    /** What a load has not brought yet would look like silence, so that nothing is looked at meanwhile. */
    private void look(String key, ClinicState state, Moment moment) {
        int dot = key.indexOf('·');
        String networkId = key.substring(0, dot);
        String clinicId = key.substring(dot + 1);
        if (loads.openFor(networkId, clinicId)) {
            return;
        }
        ClinicLedger.Clinic clinic = settings.clinic(networkId, clinicId, moment.horizon());
        AlertRules rules = overrides.rules();
        ClinicLedger ledger = ClinicLedger.of(clinic, state.days(), state.drifts(), moment.horizon(), rules);
        Telling.Result telling = Telling.of(
                state.told(),
                ledger.alerts(),
                state.actions(),
                new Telling.Delivery(
                        rules,
                        moment,
                        settle == 0 ? 0 : state.changedAt() + settle,
                        Telling.RETRACTED_FOR,
                        Telling.GROUND_LOST,
                        0,
                        null,
                        any -> false));
        AlertRows rows = new AlertRows(networkId, ruleset, state.revision() + 1, moment.now());
        telling.steps().forEach(step -> rows.of(step).forEach(row -> send(row, moment.now())));
        long nextDay = ledger.nextDay() == Integer.MAX_VALUE
                ? Long.MAX_VALUE
                : LocalDate.ofEpochDay(ledger.nextDay())
                        .atStartOfDay(clinic.zone())
                        .toInstant()
                        .toEpochMilli();
        clinics.put(
                key,
                new ClinicState(
                        state.days(),
                        state.drifts(),
                        state.actions(),
                        telling.told(),
                        telling.steps().isEmpty() ? state.revision() : state.revision() + 1,
                        state.changedAt(),
                        Math.min(nextDay, telling.next()),
                        telling.recheck()));
        dirty.delete(key);
    }

    private void send(Output.Row row, long now) {
        context.forward(new Record<>(row.key(), row, now));
    }

    private List<KeyValue<String, ClinicState>> listed() {
        List<KeyValue<String, ClinicState>> all = new ArrayList<>();
        try (KeyValueIterator<String, ClinicState> entries = clinics.all()) {
            entries.forEachRemaining(all::add);
        }
        return all;
    }
}
