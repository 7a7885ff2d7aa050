package care.outcomes.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.FactCheck;
import care.outcomes.schemas.FactHeader;
import care.outcomes.schemas.FeedRules;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.SourceTrust;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.record.ActionKind;
import care.outcomes.schemas.record.ActionTaken;
import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.schemas.record.QualityAction;
import care.outcomes.schemas.record.Severity;
import care.outcomes.streams.Kernel;
import care.outcomes.streams.alert.Action;
import care.outcomes.streams.alert.Alert;
import care.outcomes.streams.alert.AlertPath;
import care.outcomes.streams.alert.Standing;
import care.outcomes.streams.history.Happening;
import care.outcomes.streams.history.Histories;
import care.outcomes.streams.history.History;
import care.outcomes.streams.measure.QualityMeasures;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.Relabelled;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/**
 * Random facts and actions in random order through the patient task, which restarts between steps: in the end what is
 * told is the ledger, ids included, and the events of each alert are a legal path that leads there.
 */
class AlertPathsTest {

    private static final long SEED = Long.getLong("paths.seed", 1);
    private static final int HISTORIES = Integer.getInteger("paths.histories", 20);
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Duration SETTLE = Duration.ofMinutes(10);

    private static final Instruments INSTRUMENTS = Instruments.load();
    private static final Treatments TREATMENTS = Treatments.load();
    private static final AlertRules RULES = AlertRules.load();
    private static final FeedRules FEEDS = FeedRules.load();

    private final Kernel kernel = new Kernel(INSTRUMENTS, TREATMENTS, RULES, RateRules.load(), QualityMeasures.load());

    @Test
    void whatIsToldIsTheLedgerByLegalPathsThroughRestarts() {
        int alerts = 0;
        int acted = 0;
        for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
            Random random = new Random(seed);
            History history = Histories.of(
                    seed, EnumSet.of(Happening.TRANSFER, Happening.ADMISSION, Happening.ERASURE, Happening.CONSENT));
            List<SpecificRecord> arrivals = new ArrayList<>(history.arrivals(seed));
            List<SpecificRecord> actions = new ArrayList<>();
            Instant start = start(arrivals);
            Collection<Alert> known = ledger(arrivals, start).values();
            for (Alert alert : known) {
                for (int i = random.nextInt(4); i > 0; i--) {
                    actions.add(action(alert, random, actions.size(), start));
                }
            }
            List<SpecificRecord> all = new ArrayList<>(arrivals);
            all.addAll(actions);
            all.addAll(actions.subList(0, actions.size() / 2));
            Collections.shuffle(all, random);

            Task without = new Task(start, new Random(0), 0);
            Task with = new Task(start, random, 0.2);
            for (Task task : List.of(without, with)) {
                task.run(all);
                // Snoozes end, what is held is told, what is to come comes.
                for (int hour = 0; hour < 40; hour++) {
                    task.pass(Duration.ofHours(6));
                }
            }

            Map<String, String> expected = expected(arrivals, actions, with.now);
            assertThat(with.told()).as("told, seed %d", seed).isEqualTo(expected);
            assertThat(without.told())
                    .as("told without restarts, seed %d", seed)
                    .isEqualTo(expected);
            assertThat(with.events()).as("events, seed %d", seed).isEqualTo(without.events());
            with.assertLegal(seed);
            alerts += expected.size();
            acted += actions.size();
        }
        assertThat(alerts).as("alerts").isGreaterThan(HISTORIES);
        assertThat(acted).as("actions").isGreaterThan(HISTORIES);
    }

    /** The ledger with the actions laid over it: state and actions by alert id. */
    private Map<String, String> expected(List<SpecificRecord> facts, List<SpecificRecord> actions, Instant now) {
        Map<String, List<Alert>> bySubject = new HashMap<>();
        ledger(facts, now)
                .values()
                .forEach(alert -> bySubject
                        .computeIfAbsent(String.valueOf(alert.patientKey()), any -> new ArrayList<>())
                        .add(alert));
        Map<String, Long> erased = new HashMap<>();
        facts.forEach(fact -> {
            if (fact instanceof PatientFact event
                    && event.getKind() == PatientFactKind.ERASURE
                    && event.getStatus() != FactStatus.ENTERED_IN_ERROR) {
                erased.merge(event.getPatientKey(), event.getOccurredAt().toEpochMilli(), Math::max);
            }
        });
        Map<String, String> expected = new TreeMap<>();
        bySubject.forEach((subject, alerts) -> {
            List<Action> about = List.of();
            for (SpecificRecord each : actions) {
                QualityAction action = (QualityAction) each;
                if (action.getSubject().equals(subject)
                        && action.getAt().toEpochMilli() > erased.getOrDefault(subject, Long.MIN_VALUE)) {
                    about = Action.fold(about, ActionRecords.read(action));
                }
            }
            alerts.sort((one, other) -> one.alertId().compareTo(other.alertId()));
            Standing.lay(alerts, about, now.toEpochMilli()).forEach((id, laid) -> {
                Standing standing = laid.standing();
                List<String> ids = standing.taken().stream()
                        .map(taken -> taken.action().actionId() + taken.reason())
                        .toList();
                expected.put(id, standing.state() + " " + standing.assignee() + " " + ids);
            });
        });
        return expected;
    }

    /** When the last fact has happened: what lies further ahead is refused. */
    private static Instant start(List<SpecificRecord> facts) {
        return facts.stream()
                .map(fact -> FactHeader.of(fact).orElseThrow().occurredAt())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private Map<String, Alert> ledger(List<SpecificRecord> facts, Instant now) {
        Horizon horizon = Horizon.at(now, UTC);
        FactReader reader = new FactReader(INSTRUMENTS);
        Map<String, List<Fact>> versions = new TreeMap<>();
        facts.forEach(fact -> versions.computeIfAbsent(History.patientKey(fact), any -> new ArrayList<>())
                .add(reader.read(fact)));
        Map<String, Alert> alerts = new TreeMap<>();
        Relabelled.of(versions, horizon)
                .forEach((key, live) -> kernel.derive(key, live, horizon)
                        .alerts()
                        .forEach(alert -> alerts.put(alert.alertId(), alert)));
        return alerts;
    }

    private static QualityAction action(Alert alert, Random random, int number, Instant start) {
        ActionKind kind = ActionKind.values()[1 + random.nextInt(5)];
        Instant at = start.minus(Duration.ofHours(random.nextInt(2_000)));
        QualityAction.Builder action = QualityAction.newBuilder()
                .setActionId("action-" + number)
                .setNetworkId(Intake.networkOf(String.valueOf(alert.patientKey())))
                .setSubject(String.valueOf(alert.patientKey()))
                .setAlertId(random.nextInt(5) == 0 ? "gone" : alert.alertId())
                .setKind(kind)
                .setActor("dr-" + random.nextInt(3))
                .setAt(at)
                .setSeverity(random.nextInt(4) == 0 ? Severity.INFO : alert.severity())
                .setRule(alert.rule())
                .setTreatment(alert.treatment())
                .setOrdinal(alert.ordinal())
                .setEvidence(Action.About.of(alert).evidence());
        switch (kind) {
            case SNOOZE -> action.setUntil(start.plus(Duration.ofHours(random.nextInt(100))));
            case ASSIGN -> action.setAssignee("dr-b");
            case RESOLVE -> action.setOutcome("REFERRED");
            case NOTE -> action.setNote("seen");
            default -> {}
        }
        if (action.getUntil() != null && !action.getUntil().isAfter(at)) {
            action.setUntil(at.plusSeconds(1));
        }
        return action.build();
    }

    /** A patient task that may end and begin again between any two steps, over the same stores. */
    private final class Task {
        private final MockProcessorContext<String, Output> context = new MockProcessorContext<>();
        private final Random random;
        private final double restarts;
        private Instant now;
        private PatientProcessor processor;
        private long offset;

        Task(Instant start, Random random, double restarts) {
            this.now = start;
            this.random = new Random(random.nextLong());
            this.restarts = restarts;
            PatientStores.builders(StoreType.MEMORY).forEach(builder -> {
                var store = builder.withCachingDisabled().withLoggingDisabled().build();
                store.init(context.getStateStoreContext(), store);
            });
            List.of(Loads.STORE, Overrides.STORE, References.STORE).forEach(name -> {
                var global = Stores.timestampedKeyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.String())
                        .withCachingDisabled()
                        .withLoggingDisabled()
                        .build();
                global.init(context.getStateStoreContext(), global);
            });
            processor = begin();
        }

        private PatientProcessor begin() {
            context.setCurrentSystemTimeMs(now.toEpochMilli());
            PatientProcessor begun = new PatientProcessor(
                    new Intake(new FactCheck(INSTRUMENTS, TREATMENTS), new FactReader(INSTRUMENTS), 1),
                    RULES,
                    (rules, curves) -> new PatientStep(kernel, rules, FEEDS, SETTLE),
                    new ExpectedCourses(),
                    new HorizonClock(HorizonMode.live(), UTC),
                    Driven.caughtUp(),
                    new Commits(),
                    new Turns(Duration.ZERO),
                    (own, waiting) -> new PatientFeed(own, waiting, TREATMENTS, SourceTrust.load(), FEEDS, true));
            context.scheduledPunctuators().clear();
            begun.init(context);
            return begun;
        }

        void run(List<SpecificRecord> records) {
            for (SpecificRecord record : records) {
                String key = record instanceof QualityAction action ? action.getSubject() : History.patientKey(record);
                context.setRecordMetadata(topic(record), 0, offset++);
                processor.process(new Record<>(key, record, 0));
                pass(Duration.ofSeconds(1));
            }
        }

        void pass(Duration time) {
            if (random.nextDouble() < restarts) {
                processor = begin();
            }
            now = now.plus(time);
            context.setCurrentSystemTimeMs(now.toEpochMilli());
            context.scheduledPunctuators()
                    .forEach(scheduled -> scheduled.getPunctuator().punctuate(now.toEpochMilli()));
        }

        /** Rows as they stand in the end, but for what was taken back. */
        Map<String, String> told() {
            Map<String, String> told = new TreeMap<>();
            rows(Topics.ALERT).forEach(row -> {
                told.remove(row.key());
                if (row.value() instanceof AlertRow alert && alert.getState() != AlertState.RETRACTED) {
                    List<String> ids = alert.getActions().stream()
                            .map((ActionTaken taken) -> taken.getActionId() + taken.getRefused())
                            .toList();
                    told.put(row.key(), alert.getState() + " " + alert.getAssignee() + " " + ids);
                }
            });
            return told;
        }

        List<String> events() {
            return transitions().stream()
                    .map(event -> event.getAlertId()
                            + event.getTransition()
                            + event.getState()
                            + event.getActionId()
                            + event.getReason())
                    .toList();
        }

        private List<AlertEvent> transitions() {
            List<AlertEvent> events = new ArrayList<>();
            rows(Topics.ALERT_EVENT).forEach(row -> {
                if (row.value() instanceof AlertEvent event) {
                    events.add(event);
                }
            });
            return events;
        }

        void assertLegal(long seed) {
            Map<String, AlertState> states = new HashMap<>();
            Set<String> actions = new HashSet<>();
            for (AlertEvent event : transitions()) {
                AlertState before = states.getOrDefault(event.getAlertId(), AlertState.UNKNOWN);
                assertThat(AlertPath.next(before, event.getTransition()))
                        .as("%s in %s, seed %d", event.getTransition(), before, seed)
                        .contains(event.getState());
                states.put(event.getAlertId(), event.getState());
                if (event.getActionId() != null && !"STILL".equals(event.getReason())) {
                    assertThat(actions.add(event.getAlertId() + event.getActionId()))
                            .as("an action is told once, seed %d", seed)
                            .isTrue();
                }
            }
            Map<String, AlertState> rows = new HashMap<>();
            rows(Topics.ALERT).forEach(row -> {
                if (row.value() instanceof AlertRow alert) {
                    rows.put(row.key(), alert.getState());
                } else {
                    rows.put(row.key(), AlertState.RETRACTED);
                }
            });
            states.forEach((id, state) ->
                    assertThat(rows.get(id)).as("row of %s, seed %d", id, seed).isEqualTo(state));
        }

        private List<Output.Row> rows(String topic) {
            return context.forwarded().stream()
                    .map(CapturedForward::record)
                    .filter(record -> record.value() instanceof Output.Row row
                            && row.topic().equals(topic))
                    .map(record -> (Output.Row) record.value())
                    .toList();
        }
    }

    private static String topic(SpecificRecord record) {
        return switch (record.getSchema().getName()) {
            case "DoseFact" -> Topics.DOSE;
            case "VisitFact" -> Topics.VISIT;
            case "PatientFact" -> Topics.PATIENT;
            case "QualityAction" -> Topics.ACTION;
            default -> Topics.SCORE;
        };
    }
}
