package care.outcomes.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import care.outcomes.deploy.broker.EmbeddedBroker;
import care.outcomes.deploy.local.Backbone;
import care.outcomes.deploy.local.DataDirectory;
import care.outcomes.deploy.local.Provision;
import care.outcomes.deploy.output.SinkReader;
import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.ActionKind;
import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.DeliveryStatus;
import care.outcomes.schemas.record.Evidence;
import care.outcomes.schemas.record.NotificationRow;
import care.outcomes.schemas.record.QualityAction;
import care.outcomes.streams.alert.AlertPath;
import care.outcomes.streams.topology.Worker;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Worker and notifier are killed together at random points while files are loaded and people act on alerts: in the end
 * all stands as if nothing had happened, and everybody was told once. {@code -Dnotify.kills=50} makes it as hard as one
 * likes, {@code -Dnotify.seed} other points.
 */
class CrashTest {
    private static final int KILLS = Integer.getInteger("notify.kills", 3);
    private static final int PATIENTS_A_CLINIC = 8;
    private static final int PARTITIONS = 4;
    private static final Duration IDLE = Duration.ofSeconds(3);

    private final Random dice = new Random(Long.getLong("notify.seed", 20261120));

    @TempDir
    Path temp = Path.of(".");

    private DataDirectory data;
    private Backbone backbone;
    private SchemaRegistry registry;
    private Receiver receiver;
    private Path plan;
    private @Nullable Workplace working;

    @BeforeEach
    void start() throws IOException {
        data = DataDirectory.open(temp.resolve("data"));
        backbone = Backbone.start(data, 0, 0);
        registry = SchemaRegistry.connect(backbone.registryUrl());
        Provision.topics(Topics.load(), backbone.bootstrapServers(), PARTITIONS);
        Provision.schemas(Topics.load(), registry);
        receiver = Receiver.thatOftenFails();
        plan = receiver.plan(temp);
    }

    @AfterEach
    void end() throws InterruptedException {
        if (working != null) {
            working.kill();
        }
        receiver.close();
        registry.close();
        backbone.close();
        data.close();
    }

    @Test
    void killedAtAnyPointItEndsAsIfNothingHadHappened() throws Exception {
        Path network = temp.resolve("network");
        int clinics = KILLS + 1;
        Cli.outcomes(
                "simulate",
                "--out",
                network.toString(),
                "--clinics",
                Integer.toString(clinics),
                "--patients",
                Integer.toString(PATIENTS_A_CLINIC * clinics),
                "--seed",
                "5",
                "--to",
                LocalDate.now(ZoneOffset.UTC).toString());
        Path files = network.resolve("clinics");
        List<QualityAction> actions = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            actions.addAll(untilKilled(kill, files));
        }
        load(files, backbone.bootstrapServers(), backbone.registryUrl());

        Map<String, String> expected = undisturbed(files, actions);
        assertThat(expected).hasSizeGreaterThan(clinics * PATIENTS_A_CLINIC / 2);
        Workplace last = work("last");
        last.awaitStarted();
        await().atMost(Up.PATIENCE).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
            last.assertAlive();
            assertThat(ledger(rows())).isEqualTo(expected);
        });
        await().atMost(Up.PATIENCE).until(() -> receiver.idleFor(IDLE));
        last.kill();
        assertThat(Cli.outcomes(
                        "notify",
                        "--config",
                        plan.toString(),
                        "--bootstrap",
                        backbone.bootstrapServers(),
                        "--registry",
                        backbone.registryUrl(),
                        "--once",
                        "--json"))
                .anyMatch(line -> line.contains("\"underway\":0"));

        try (SinkReader sinks = sinks()) {
            Map<String, List<AlertEvent>> lives = new TreeMap<>();
            sinks.all(Topics.ALERT_EVENT, AlertEvent.class)
                    .forEach(event -> lives.computeIfAbsent(event.getAlertId(), id -> new ArrayList<>())
                            .add(event));
            Map<String, AlertRow> rows = sinks.latest(Topics.ALERT, AlertRow.class);
            lives.forEach((alertId, life) -> assertLegal(life, rows.get(alertId)));
            rows.values().stream()
                    .filter(row -> AlertPath.isLive(row.getState()))
                    .forEach(row -> assertThat(lives).containsKey(row.getAlertId()));
            assertThat(sinks.latest(Topics.NOTIFIED, NotificationRow.class).values())
                    .flatExtracting(NotificationRow::getDeliveries)
                    .noneMatch(delivery -> delivery.getStatus() == DeliveryStatus.CLAIMED
                            || delivery.getStatus() == DeliveryStatus.DEAD_LETTERED);
            assertToldOnceAndNothingLost(lives, rows);
        }
    }

    /** One life: a clinic is loaded and another once more, people act, and all ends at some moment. */
    private List<QualityAction> untilKilled(int kill, Path files) throws Exception {
        int again = dice.nextInt(kill + 1);
        Workplace now = work("kill-" + kill);
        CompletableFuture<Void> loading = CompletableFuture.runAsync(() -> {
            load(clinic(files, kill), backbone.bootstrapServers(), backbone.registryUrl());
            load(clinic(files, again), backbone.bootstrapServers(), backbone.registryUrl());
        });
        List<QualityAction> actions = List.of();
        // Most are killed at work, some before they have begun it.
        if (dice.nextInt(6) > 0) {
            now.awaitStarted();
            TimeUnit.MILLISECONDS.sleep(dice.nextInt(4_000));
            actions = act();
            TimeUnit.MILLISECONDS.sleep(dice.nextInt(4_000));
        } else {
            TimeUnit.MILLISECONDS.sleep(dice.nextInt(3_000));
        }
        now.assertAlive();
        now.kill();
        loading.get(Up.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return actions;
    }

    /** What people do about some of the alerts they see. */
    private List<QualityAction> act() {
        List<AlertRow> seen = new ArrayList<>(rows().values());
        seen.removeIf(row -> !AlertPath.isLive(row.getState()));
        seen.sort((one, other) -> one.getAlertId().compareTo(other.getAlertId()));
        Collections.shuffle(seen, dice);
        List<QualityAction> actions = seen.stream().limit(5).map(this::action).toList();
        send(actions, backbone.bootstrapServers(), registry);
        return actions;
    }

    private QualityAction action(AlertRow alert) {
        ActionKind kind = List.of(ActionKind.ACKNOWLEDGE, ActionKind.SNOOZE, ActionKind.RESOLVE)
                .get(dice.nextInt(3));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        QualityAction action = new QualityAction();
        action.setActionId(UUID.randomUUID().toString());
        action.setNetworkId(alert.getNetworkId());
        action.setSubject(alert.getSubject());
        action.setAlertId(alert.getAlertId());
        action.setKind(kind);
        action.setActor("nurse");
        action.setAt(now);
        action.setRecordedAt(now);
        action.setSeverity(alert.getSeverity());
        action.setUntil(kind == ActionKind.SNOOZE ? now.plus(Duration.ofDays(7)) : null);
        action.setOutcome(kind == ActionKind.RESOLVE ? "REVIEWED_NO_CHANGE" : null);
        action.setRule(alert.getRule());
        action.setTreatment(alert.getTreatment());
        action.setOrdinal(alert.getOrdinal());
        action.setEvidence(alert.getEvidence().stream()
                .filter(evidence -> !evidence.getKind().equals("BASELINE"))
                .map(Evidence::getFactId)
                .toList());
        return action;
    }

    /** The ledger of a pipeline that got the same facts and actions, and was left in peace. */
    private Map<String, String> undisturbed(Path files, List<QualityAction> actions) throws Exception {
        String address = "mock://undisturbed-" + temp.getFileName();
        try (EmbeddedBroker broker = EmbeddedBroker.start(temp.resolve("undisturbed"), 0);
                SchemaRegistry schemas = SchemaRegistry.connect(address)) {
            Provision.topics(Topics.load(), broker.bootstrapServers(), PARTITIONS);
            Provision.schemas(Topics.load(), schemas);
            send(actions, broker.bootstrapServers(), schemas);
            load(files, broker.bootstrapServers(), address);
            try (Worker worker = new Worker(
                    Workplace.config(broker.bootstrapServers(), temp.resolve("undisturbed-state")), schemas)) {
                worker.start();
                worker.awaitDrained(Up.PATIENCE, at -> {});
                try (SinkReader sinks = SinkReader.connect(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new AvroSerdes(schemas, false).deserializer())) {
                    return settled(sinks);
                }
            }
        }
    }

    /** What is told in the end: what had to wait for its patient to settle is there soon after all has been computed. */
    private static Map<String, String> settled(SinkReader sinks) throws InterruptedException {
        Map<String, String> before = Map.of();
        Map<String, String> now = ledger(sinks.latest(Topics.ALERT, AlertRow.class));
        while (!now.equals(before)) {
            before = now;
            TimeUnit.SECONDS.sleep(4);
            now = ledger(sinks.latest(Topics.ALERT, AlertRow.class));
        }
        return now;
    }

    /** Alerts that stand or stood, without what the time of their telling decides. */
    private static Map<String, String> ledger(Map<String, AlertRow> rows) {
        Map<String, String> ledger = new TreeMap<>();
        rows.values().stream()
                .filter(row -> row.getState() != AlertState.RETRACTED)
                .forEach(row -> ledger.put(
                        row.getAlertId(),
                        AlertRow.newBuilder(row)
                                .setRevision(0)
                                .setPublishedAt(Instant.EPOCH)
                                .setHeld(false)
                                .setBackdated(false)
                                .setReplaces(null)
                                .build()
                                .toString()));
        return ledger;
    }

    private static void assertLegal(List<AlertEvent> life, @Nullable AlertRow row) {
        String told = life.toString();
        AlertState at = AlertState.UNKNOWN;
        Set<String> acted = new HashSet<>();
        for (AlertEvent event : life) {
            assertThat(AlertPath.next(at, event.getTransition())).as(told).contains(event.getState());
            at = event.getState();
            if (event.getActionId() != null && !"STILL".equals(event.getReason())) {
                assertThat(acted.add(event.getTransition() + event.getActionId()))
                        .as(told)
                        .isTrue();
            }
        }
        assertThat(row == null ? null : row.getState()).as(told).isEqualTo(at);
    }

    private void assertToldOnceAndNothingLost(Map<String, List<AlertEvent>> lives, Map<String, AlertRow> rows) {
        assertThat(receiver.told())
                .isNotEmpty()
                .allSatisfy((key, count) -> assertThat(count).as(key).isEqualTo(1));
        Map<String, String> known = new HashMap<>();
        for (JsonNode alert : receiver.alerts()) {
            known.put(alert.path("alertId").asText(), alert.path("transition").asText());
        }
        lives.forEach((alertId, life) -> {
            // Silenced by somebody, or come back so late that it is still to prove that it stays: not told yet.
            boolean mayBeSilent = life.stream().anyMatch(event -> event.getTransition() == AlertTransition.SNOOZED)
                    || life.stream()
                                    .filter(event -> event.getTransition() == AlertTransition.OPENED)
                                    .count()
                            > 1;
            AlertEvent end = life.get(life.size() - 1);
            String as = life.toString();
            if (AlertPath.isLive(end.getState()) && !mayBeSilent) {
                assertThat(stands(known, alertId, rows)).as(as).isTrue();
            }
            if (end.getTransition() == AlertTransition.RETRACTED
                    && "GROUND_LOST".equals(end.getReason())
                    && known.containsKey(alertId)
                    && !mayBeSilent) {
                assertThat(known.get(alertId)).as(as).isEqualTo("RETRACTED");
            }
        });
    }

    /** Whether people know that it stands, by its own name or the one it had before. */
    private static boolean stands(Map<String, String> known, String alertId, Map<String, AlertRow> rows) {
        for (String id = alertId; id != null; ) {
            String last = known.get(id);
            if ("OPENED".equals(last) || "ESCALATED".equals(last)) {
                return true;
            }
            AlertRow row = rows.get(id);
            id = row == null ? null : row.getReplaces();
        }
        return false;
    }

    private Workplace work(String name) throws IOException {
        Workplace begun = Workplace.start(
                backbone.bootstrapServers(),
                backbone.registryUrl(),
                temp.resolve("state"),
                plan,
                temp.resolve(name + ".txt"));
        working = begun;
        return begun;
    }

    private void load(Path files, String bootstrapServers, String registryUrl) {
        Cli.outcomes(
                "load",
                files.toString(),
                "--bootstrap",
                bootstrapServers,
                "--registry",
                registryUrl,
                "--network",
                "sim",
                "--zone",
                "UTC",
                "--key",
                temp.resolve("network.key").toString());
    }

    private static void send(List<QualityAction> actions, String bootstrapServers, SchemaRegistry schemas) {
        try (KafkaProducer<String, SpecificRecord> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new StringSerializer(),
                new AvroSerdes(schemas, false).serializer())) {
            for (QualityAction action : actions) {
                var unused = producer.send(new ProducerRecord<>(Topics.ACTION, action.getSubject(), action));
            }
        }
    }

    private Map<String, AlertRow> rows() {
        try (SinkReader sinks = sinks()) {
            return sinks.latest(Topics.ALERT, AlertRow.class);
        }
    }

    private SinkReader sinks() {
        return SinkReader.connect(
                Map.of("bootstrap.servers", backbone.bootstrapServers()),
                new AvroSerdes(registry, false).deserializer());
    }

    private static Path clinic(Path files, int number) {
        return files.resolve(String.format(Locale.ROOT, "clinic-%02d", number + 1));
    }
}
