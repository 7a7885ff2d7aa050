package care.outcomes.streams.topology;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.FactHeader;
import care.outcomes.schemas.Problem;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.QualityAction;
import care.outcomes.streams.alert.Action;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Given;
import care.outcomes.streams.timeline.PatientChart;
import care.outcomes.streams.timeline.Timeline;
import care.outcomes.streams.topology.state.ClinicSignal;
import care.outcomes.streams.topology.state.Due.Clock;
import care.outcomes.streams.topology.state.Head;
import care.outcomes.streams.topology.state.Published;
import care.outcomes.streams.topology.state.Walked;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The patient task: fold a fact in, derive, publish the difference. Checks come first and state is written last, so
 * what cannot be used leaves nothing behind.
 */
final class PatientProcessor implements Processor<String, SpecificRecord, String, Output> {

    private static final Logger LOG = LoggerFactory.getLogger(PatientProcessor.class);

    private static final Duration TICK = Duration.ofMillis(50);

    /** Patients looked at again in one tick at most, so that live facts need not wait for long. */
    private static final int SLICE = 500;

    /** How long a patient whom the kernel fails on is left alone before time alone brings it up again. */
    private static final Duration RETRY = Duration.ofHours(1);

    private final Intake intake;
    private final AlertRules catalogue;
    private final BiFunction<AlertRules, TrajectoryCurves, PatientStep> steps;
    private final ExpectedCourses expected;
    private final HorizonClock clock;
    private final CatchUp catchUp;
    private final Commits commits;
    private final Turns turns;
    private final Turns.OfTask look;
    private final BiFunction<PatientStores, Waiting, PatientFeed> account;

    private ProcessorContext<String, Output> context;
    private PatientStores stores;
    private Waiting waiting;
    private Dispatch dispatch;
    private PatientFeed feed;
    private Marks marks;
    private Loads loads;
    private Overrides overrides;
    private ReadOnlyKeyValueStore<String, ValueAndTimestamp<SpecificRecord>> references;
    private ExpectedCourses.Known known;
    private PatientStep step;
    private RulesetWalk walk;
    private Sensor rejected;

    /**
     * A patient task.
     *
     * @param turns how long one tick may look at patients for whom something is due, and how long it may send differences
     */
    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before all else
    PatientProcessor(
            Intake intake,
            AlertRules catalogue,
            BiFunction<AlertRules, TrajectoryCurves, PatientStep> steps,
            ExpectedCourses expected,
            HorizonClock clock,
            CatchUp catchUp,
            Commits commits,
            Turns turns,
            BiFunction<PatientStores, Waiting, PatientFeed> account) {
        this.intake = intake;
        this.catalogue = catalogue;
        this.steps = steps;
        this.expected = expected;
        this.clock = clock;
        this.catchUp = catchUp;
        this.commits = commits;
        this.turns = turns;
        this.look = turns.new OfTask();
        this.account = account;
    }

    @Override
    public void init(ProcessorContext<String, Output> context) {
        this.context = context;
        stores = new PatientStores(context);
        waiting = new Waiting(context.getStateStore(Waiting.STORE), context::currentSystemTimeMs);
        feed = account.apply(stores, waiting);
        marks = new Marks(context.getStateStore(PatientStores.MARKS));
        dispatch = new Dispatch(context, waiting, marks, catchUp, turns.new OfTask());
        loads = new Loads(context.getStateStore(Loads.STORE));
        overrides = new Overrides(context.getStateStore(Overrides.STORE), catalogue);
        references = context.getStateStore(References.STORE);
        known = expected.look(references);
        step = steps.apply(overrides.rules(), known.curves());
        walk = new RulesetWalk(stores, marks, step.derivedUnder());
        clock.restore(marks.get(Marks.HORIZON));
        rejected = context.metrics()
                .addRateTotalSensor("outcomes", context.taskId().toString(), "rejected", Sensor.RecordingLevel.INFO);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        turns.came();
        RecordMetadata at = context.recordMetadata().orElseThrow();
        Moment moment = moment(context.currentSystemTimeMs());
        if (at.topic().equals(Topics.MOVED)) {
            marks.count(Marks.RETURNED, 1);
        }
        Intake.Verdict verdict = intake.judge(at.topic(), at.partition(), record.key(), record.value(), moment);
        if (verdict instanceof Intake.Refused refused) {
            reject(at, record, refused.problem(), moment);
        } else if (verdict instanceof Intake.Stray stray) {
            marks.count(Marks.STRAYED, 1);
            tellClinic(at, record, moment);
            Output.Row moved = new Output.Row(Topics.MOVED, stray.patientKey(), stray.value());
            context.forward(new Record<>(moved.key(), moved, moment.now(), record.headers()));
        } else {
            try {
                take(verdict, record, moment);
            } catch (KernelFault fault) {
                LOG.error("{} set aside: {}", Rejections.key(at.topic(), at.partition(), at.offset()), fault.kind());
                reject(at, record, new Problem("value", "PROCESSING_FAILED", null), moment);
            }
        }
        commitSoon(moment.now());
    }

    /** An action about an alert of a clinic may be about somebody there who is not known, or about the clinic itself. */
    private void tellClinic(RecordMetadata at, Record<String, SpecificRecord> record, Moment moment) {
        if (at.topic().equals(Topics.ACTION)
                && record.value() instanceof QualityAction action
                && Intake.isOfClinic(action)) {
            marks.count(Marks.CLINICS_SENT, 1);
            ClinicSignal signal = new ClinicSignal.Acted(ActionRecords.read(action));
            context.forward(new Record<>(action.getSubject(), new Output.OfClinic(signal), moment.now()));
        }
    }

    private void take(Intake.Verdict verdict, Record<String, SpecificRecord> record, Moment moment) throws KernelFault {
        if (verdict instanceof Intake.Accepted accepted) {
            update(accepted.patientKey(), accepted.arrival(), null, record, moment);
        } else if (verdict instanceof Intake.Acted acted) {
            update(acted.patientKey(), null, verdict, null, moment);
        } else if (verdict instanceof Intake.ToldElsewhere elsewhere) {
            update(elsewhere.patientKey(), null, verdict, null, moment);
        }
    }

    private void tick(long now) {
        Moment moment = moment(now);
        loads.refresh(now, closedAt -> moment.isBatch() || catchUp.hasReadUpTo(closedAt));
        catchUp.loading(loads.any());
        boolean otherCurves = hasOtherCurves();
        if (overrides.refresh(now) || otherCurves) {
            step = steps.apply(overrides.rules(), known.curves());
            walk = new RulesetWalk(stores, marks, step.derivedUnder());
        }
        if (look.begin()) {
            lookAtDue(moment);
            look.end();
        }
        walk.next(SLICE).forEach(patientKey -> again(patientKey, moment));
        dispatch.send(moment);
        tellWalked(moment);
        commitSoon(now);
    }

    private boolean hasOtherCurves() {
        String before = known.curves().name();
        known = expected.look(references);
        return !known.curves().name().equals(before);
    }

    /** Once all that follows from new rules is sent, the totals may say that they are in force. */
    private void tellWalked(Moment moment) {
        if (walk.hasJustEnded()) {
            dispatch.sendAll(moment);
            // Set though it be 0: whoever looks on waits for each task that has said how many it knows.
            marks.set(Marks.SEEN, known.references());
            Walked walked = new Walked(context.taskId().partition(), Marks.number(step.outcomesRuleset()));
            context.forward(new Record<>("", new Output.Change(walked), moment.now()));
        } else if (walk.isDone()) {
            marks.put(Marks.SEEN, known.references());
        }
    }

    private void lookAtDue(Moment moment) {
        if (!moment.isBatch()) {
            due(stores.due(Clock.HORIZON, moment.reach(), SLICE), moment);
        }
        if (moment.caughtUp()) {
            due(stores.due(Clock.WALL, moment.now(), SLICE), moment);
            if (!loads.any()) {
                due(stores.dueAt(Clock.WALL, Telling.WHEN_LOADED, SLICE), moment);
            }
        } else {
            due(stores.dueAt(Clock.WALL, Head.AT_NEXT_TICK, SLICE), moment);
        }
    }

    /** Looks at patients for whom something is due. Whoever is left stays due. */
    private void due(List<String> patients, Moment moment) {
        for (String patientKey : patients) {
            if (look.isOver()) {
                return;
            }
            again(patientKey, moment);
        }
    }

    private void again(String patientKey, Moment moment) {
        try {
            update(patientKey, null, null, null, moment);
        } catch (KernelFault fault) {
            LOG.error("a patient of task {} could not be looked at again: {}", context.taskId(), fault.kind());
            Head head = stores.head(patientKey);
            long later = moment.now() + RETRY.toMillis();
            stores.keepHead(patientKey, head, head.postponed(later));
        }
    }

    /**
     * Books a record that tells a fact in the account of its feed; what came from another key was booked there. Of a record
     * that gave several facts one stands for it.
     */
    private void book(
            String patientKey,
            List<Fact> own,
            PatientChart.@Nullable Arrival arrived,
            @Nullable Record<String, SpecificRecord> record) {
        if (arrived instanceof PatientChart.Recorded recorded && record != null) {
            Timeline timeline = new Timeline(own);
            List<Fact> before = timeline.live();
            boolean isNew = timeline.fold(recorded.fact()) >= 0;
            List<Fact> after = isNew ? timeline.live() : before;
            boolean claims = record.headers().lastHeader(FactHeader.PART) == null;
            feed.arrived(patientKey, before, after, recorded.fact(), record.value(), claims);
        }
    }

    /**
     * Folds, derives, compares; then writes.
     *
     * @param aside what came that is no fact: an action, or an alert told elsewhere
     */
    private void update(
            String patientKey,
            PatientChart.@Nullable Arrival arrived,
            Intake.@Nullable Verdict aside,
            @Nullable Record<String, SpecificRecord> record,
            Moment moment)
            throws KernelFault {
        Head head = stores.head(patientKey);
        List<Fact> own = stores.facts(patientKey, head);
        List<Given> given = stores.given(patientKey, head);
        PatientChart chart = new PatientChart(patientKey, own, given);
        Fact news = arrived != null && chart.isNews(arrived) ? arrived.fact() : null;
        if (arrived != null && !chart.take(arrived)) {
            book(patientKey, own, arrived, record);
            return;
        }
        if (arrived instanceof PatientChart.Recorded recorded
                && chart.isPlain()
                && step.isHistory(recorded.fact(), moment)) {
            book(patientKey, own, arrived, record);
            stores.keepFacts(patientKey, own, chart.own());
            stores.keepHead(patientKey, head, head.atNextTick(chart.own().size(), moment.now()));
            return;
        }
        Published before = stores.published(patientKey);
        List<Action> known = stores.actions(patientKey, head);
        Conduct conduct = Conduct.of(known, before.told(), aside, moment);
        if (aside != null && !conduct.changed()) {
            return;
        }
        String networkId = Intake.networkOf(patientKey);
        PatientChart.Reading reading;
        PatientStep.Change change;
        List<Output.Row> moves;
        List<Output.Row> handover;
        try {
            reading = chart.read(moment.horizon());
            conduct = conduct.under(reading, moment.horizon());
            change = step.take(
                    patientKey,
                    reading,
                    arrived,
                    news,
                    conduct,
                    head,
                    before,
                    moment,
                    clinicId -> loads.openFor(networkId, clinicId));
            handover = Handover.rows(patientKey, head.route(), reading.route(), known, before.told(), conduct);
            if (arrived instanceof PatientChart.TakenBack back) {
                handover.addAll(Handover.back(
                        patientKey,
                        back.origin(),
                        before.told(),
                        change.published().told()));
            }
            moves = Moves.between(
                    head.route().gifts(patientKey, own, given),
                    head.route(),
                    reading.route().gifts(patientKey, reading.own(), reading.given()),
                    reading.route(),
                    news);
        } catch (RuntimeException e) {
            throw new KernelFault(e);
        }
        change.rows().forEach(row -> send(row, moment));
        if ((arrived != null || aside != null)
                && change.rows().stream().anyMatch(row -> row.topic().equals(Topics.ALERT))) {
            commits.want();
        }
        book(patientKey, own, arrived, record);
        move(handover, moment);
        move(moves, moment);
        stores.keepActions(patientKey, known, conduct.actions());
        stores.keepFacts(patientKey, own, reading.own());
        stores.keepGiven(patientKey, given, reading.given());
        if (!change.published().equals(before)) {
            stores.keepPublished(patientKey, change.published());
        }
        feed.changed(patientKey, before, change.published());
        waiting.add(networkId, change.difference());
        waiting.add(networkId, change.cohorts());
        waiting.addCharts(networkId, change.charts());
        waiting.addPoints(networkId, change.points());
        waiting.addMeasures(networkId, change.measures());
        stores.keepHead(patientKey, head, change.head());
        if (clock.isAheadOf(marks.get(Marks.HORIZON))) {
            marks.set(Marks.HORIZON, clock.reached());
        }
    }

    /** Sends what belongs to another key, or to another task. */
    private void move(List<Output.Row> rows, Moment moment) {
        if (!rows.isEmpty()) {
            marks.count(Marks.STRAYED, rows.size());
            rows.forEach(row -> send(row, moment));
        }
    }

    private Moment moment(long now) {
        return new Moment(clock.at(now), now, catchUp.caughtUp(context.taskId().partition()));
    }

    private void send(Output.Row row, Moment moment) {
        context.forward(new Record<>(row.key(), row, moment.now()));
    }

    private void reject(RecordMetadata at, Record<String, SpecificRecord> record, Problem problem, Moment moment) {
        rejected.record();
        if (record.headers().lastHeader(FactHeader.PART) == null) {
            feed.rejected(record.value(), problem.reason(), moment.now());
        }
        send(Rejections.row(at.topic(), at.partition(), at.offset(), record.value(), problem, moment.now()), moment);
    }

    /** Alerts that a record has raised do not wait for the next commit. */
    private void commitSoon(long now) {
        if (commits.due(now)) {
            context.commit();
        }
    }
}
