package care.outcomes.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import care.outcomes.deploy.local.Backbone;
import care.outcomes.deploy.local.DataDirectory;
import care.outcomes.deploy.local.Provision;
import care.outcomes.deploy.output.SinkReader;
import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.DeliveryStatus;
import care.outcomes.schemas.record.NotificationRow;
import care.outcomes.schemas.record.Severity;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code outcomes notify} as a process against the real broker and registry: killed at any point, nobody is told twice. */
class NotifyTest {
    private static final int KILLS = Integer.getInteger("notify.kills", 6);
    private static final int PARTITIONS = 4;

    @TempDir
    Path temp = Path.of(".");

    private DataDirectory data;
    private Backbone backbone;
    private SchemaRegistry registry;
    private KafkaProducer<String, SpecificRecord> producer;
    private Receiver receiver;
    private Path config;

    @BeforeEach
    void start() throws IOException {
        data = DataDirectory.open(temp.resolve("data"));
        backbone = Backbone.start(data, 0, 0);
        Topics topics = Topics.load();
        Provision.topics(topics, backbone.bootstrapServers(), PARTITIONS);
        registry = SchemaRegistry.connect(backbone.registryUrl());
        Provision.schemas(topics, registry);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", backbone.bootstrapServers()),
                new StringSerializer(),
                new AvroSerdes(registry, false).serializer());
        receiver = Receiver.thatOftenFails();
        config = receiver.plan(temp);
    }

    @AfterEach
    void end() {
        receiver.close();
        producer.close();
        registry.close();
        backbone.close();
        data.close();
    }

    @Test
    void killedAtAnyPointItTellsEachAlertOnceAndAReplayTellsNobody() throws Exception {
        Random dice = new Random(20260310);
        List<List<AlertEvent>> patients = patients(dice);
        int published = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Path said = temp.resolve("notify-" + kill + ".txt");
            Process notifier = Up.launch(said, command("--json"));
            try {
                int next = patients.size() * (kill + 1) / KILLS;
                for (; published < next; published++) {
                    publish(patients.get(published));
                }
                int aim = receiver.requests.get() + 1 + dice.nextInt(20);
                await().atMost(Up.PATIENCE).untilAsserted(() -> {
                    assertThat(notifier.isAlive())
                            .as("%s", Files.readString(said))
                            .isTrue();
                    assertThat(receiver.requests.get() >= aim || receiver.idleFor(Duration.ofSeconds(6)))
                            .isTrue();
                });
            } finally {
                notifier.destroyForcibly().waitFor();
            }
        }

        JsonNode drained = once(0);
        assertThat(drained.path("underway").asInt()).isZero();
        assertThat(drained.path("deadLettered").asInt()).isZero();

        // What stands was told, once; what was taken back after it was told, was taken back there, once.
        Map<String, Integer> told = receiver.told();
        assertThat(told.values()).containsOnly(1);
        for (List<AlertEvent> patient : patients) {
            for (String alertId :
                    patient.stream().map(AlertEvent::getAlertId).distinct().toList()) {
                if (last(patient, alertId) == AlertTransition.OPENED) {
                    assertThat(told).containsKey(alertId + "·OPENED");
                } else {
                    assertThat(told.containsKey(alertId + "·RETRACTED"))
                            .as(alertId)
                            .isEqualTo(told.containsKey(alertId + "·OPENED"));
                }
            }
        }
        assertThat(statuses()).containsOnly(DeliveryStatus.SENT);
        assertThat(receiver.bodies).isNotEmpty().noneMatch(body -> body.contains("patient-"));

        // The pipeline under a fresh application id tells all that stands again, in another order.
        int before = receiver.requests.get();
        List<List<AlertEvent>> again = new ArrayList<>(patients);
        Collections.shuffle(again, dice);
        for (List<AlertEvent> patient : again) {
            publish(patient.stream()
                    .filter(event -> last(patient, event.getAlertId()) == AlertTransition.OPENED)
                    .toList());
        }
        JsonNode replayed = once(0);
        assertThat(receiver.requests.get()).isEqualTo(before);
        assertThat(replayed.path("repeated").asInt()).isPositive();
    }

    @Test
    void whatIsRefusedIsDeadLetteredAndWhatFailsIsLeftForTheNextRun() throws Exception {
        receiver.answer = 422;
        publish(List.of(event("bad", "patient-1", AlertTransition.OPENED, Severity.HIGH)));
        JsonNode refused = once(0);
        assertThat(refused.path("deadLettered").asInt()).isEqualTo(1);
        try (SinkReader sinks = SinkReader.connect(
                Map.of("bootstrap.servers", backbone.bootstrapServers()),
                new AvroSerdes(registry, false).deserializer())) {
            assertThat(sinks.all(Topics.UNDELIVERED, NotificationRow.class))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.getAlertId()).isEqualTo("bad");
                        assertThat(row.getDeliveries().get(0).getReason()).isEqualTo("HTTP 422");
                    });
        }
        // Once the receiver has been mended, what was given up is told as far as it still stands.
        receiver.answer = 204;
        assertThat(once(0, "--redrive").path("sent").asInt()).isZero();
        stands("bad", "patient-1");
        assertThat(once(0, "--redrive").path("sent").asInt()).isEqualTo(1);
        assertThat(receiver.told()).containsOnlyKeys("bad·OPENED");

        receiver.answer = 503;
        publish(List.of(event("late", "patient-2", AlertTransition.OPENED, Severity.HIGH)));
        JsonNode failing = once(1, "--patience", "PT8S");
        assertThat(failing.path("retrying").asInt()).isEqualTo(1);
        receiver.answer = 204;
        assertThat(once(0).path("sent").asInt()).isEqualTo(2);
        assertThat(receiver.told()).containsOnlyKeys("bad·OPENED", "late·OPENED");
    }

    /** Two processes of one group, either killed again and again, while alerts go on under keys that the other may read. */
    @Test
    void twoOfOneGroupTellEachGroundOnceThoughItGoesOnAcrossPartitions() throws Exception {
        Random dice = new Random(20260311);
        String[] names = {"one", "two"};
        Process[] notifiers = {notifier(names[0], 0), notifier(names[1], 0)};
        int grounds = 10 * KILLS;
        int published = 0;
        int moved = 0;
        try {
            for (int kill = 1; kill <= KILLS; kill++) {
                int known = published;
                for (; published < grounds * kill / KILLS; published++) {
                    publish(List.of(event("a" + published, "p" + published, AlertTransition.OPENED, Severity.HIGH)));
                    row("a" + published, "p" + published, AlertState.OPEN, null);
                }
                // Some go on while they wait to be told, some when they have been told long since.
                for (; moved < Math.min(published, known + dice.nextInt(5)); moved++) {
                    move(moved, dice.nextBoolean());
                }
                // Each round brings more messages than that.
                int aim = receiver.requests.get() + 1 + dice.nextInt(5);
                await().atMost(Up.PATIENCE).until(() -> receiver.requests.get() >= aim);
                int victim = dice.nextInt(2);
                notifiers[victim].destroyForcibly().waitFor();
                if (kill == KILLS / 2) {
                    // It never comes back under its name: the group finds that out and divides the work anew.
                    names[victim] = "other";
                }
                notifiers[victim] = notifier(names[victim], kill);
            }
            for (; moved < grounds; moved++) {
                move(moved, dice.nextBoolean());
            }
            await().atMost(Up.PATIENCE)
                    .untilAsserted(() -> assertThat(receiver.told()).hasSizeGreaterThanOrEqualTo(grounds));
            // Whoever was told hears of the end, under the id in which the ground ended.
            for (int i = 0; i < grounds; i += 2) {
                publish(List.of(event("m" + i, "q" + i, AlertTransition.RETRACTED, Severity.HIGH)));
                row("m" + i, "q" + i, AlertState.RETRACTED, "a" + i);
            }
            await().atMost(Up.PATIENCE).untilAsserted(() -> {
                assertThat(receiver.told()).hasSizeGreaterThanOrEqualTo(grounds + grounds / 2);
                assertThat(receiver.idleFor(Duration.ofSeconds(6))).isTrue();
            });
        } finally {
            for (Process notifier : notifiers) {
                notifier.destroyForcibly().waitFor();
            }
        }

        Map<String, Integer> told = receiver.told();
        assertThat(told.values()).containsOnly(1);
        assertThat(told).hasSize(grounds + grounds / 2);
        for (int i = 0; i < grounds; i++) {
            assertThat(told.containsKey("a" + i + "·OPENED"))
                    .as("a%d", i)
                    .isNotEqualTo(told.containsKey("m" + i + "·OPENED"));
            assertThat(told).doesNotContainKey("a" + i + "·RETRACTED");
            assertThat(told.containsKey("m" + i + "·RETRACTED")).isEqualTo(i % 2 == 0);
        }
        assertThat(statuses())
                .contains(DeliveryStatus.SENT, DeliveryStatus.INHERITED)
                .isSubsetOf(DeliveryStatus.SENT, DeliveryStatus.INHERITED, DeliveryStatus.PASSED_ON);
    }

    private Process notifier(String instance, int life) throws IOException {
        return Up.launch(
                temp.resolve("notify-" + instance + "-" + life + ".txt"), command("--instance", instance, "--json"));
    }

    /** The ground of an alert goes on under another key; the two partitions are written in either order. */
    private void move(int number, boolean goneFirst) {
        AlertEvent gone = event("a" + number, "p" + number, AlertTransition.RETRACTED, Severity.HIGH);
        gone.setReason("MOVED");
        AlertEvent goesOn = event("m" + number, "q" + number, AlertTransition.OPENED, Severity.HIGH);
        goesOn.setReplaces("a" + number);
        publish(goneFirst ? List.of(gone, goesOn) : List.of(goesOn, gone));
        row("a" + number, "p" + number, AlertState.RETRACTED, null);
        row("m" + number, "q" + number, AlertState.OPEN, "a" + number);
    }

    private List<String> command(String... more) {
        List<String> args = new ArrayList<>(List.of(
                "notify",
                "--config",
                config.toString(),
                "--bootstrap",
                backbone.bootstrapServers(),
                "--registry",
                backbone.registryUrl()));
        args.addAll(List.of(more));
        return args;
    }

    private JsonNode once(int status, String... more) throws IOException {
        List<String> args = command(more);
        args.addAll(List.of("--once", "--json"));
        return new ObjectMapper().readTree(String.join("\n", Cli.outcomes(status, args.toArray(String[]::new))));
    }

    private Set<DeliveryStatus> statuses() {
        try (SinkReader sinks = SinkReader.connect(
                Map.of("bootstrap.servers", backbone.bootstrapServers()),
                new AvroSerdes(registry, false).deserializer())) {
            return sinks.latest(Topics.NOTIFIED, NotificationRow.class).values().stream()
                    .map(row -> row.getDeliveries().get(0).getStatus())
                    .collect(Collectors.toSet());
        }
    }

    private void publish(List<AlertEvent> events) {
        for (AlertEvent event : events) {
            var unused = producer.send(new ProducerRecord<>(Topics.ALERT_EVENT, event.getSubject(), event));
        }
        producer.flush();
    }

    private void stands(String alertId, String patient) {
        row(alertId, patient, AlertState.OPEN, null);
    }

    /** Puts an alert where the pipeline would have it. */
    private void row(String alertId, String patient, AlertState state, @Nullable String replaces) {
        AlertEvent event = event(alertId, patient, AlertTransition.OPENED, Severity.HIGH);
        AlertRow row = AlertRow.newBuilder()
                .setAlertId(alertId)
                .setNetworkId(event.getNetworkId())
                .setRule(event.getRule())
                .setRuleVersion(event.getRuleVersion())
                .setState(state)
                .setReplaces(replaces)
                .setClinics(List.of(event.getClinicId()))
                .setSubject(patient)
                .setClinicId(event.getClinicId())
                .setOpenedAt(event.getAt())
                .setText("")
                .build();
        var unused = producer.send(new ProducerRecord<>(Topics.ALERT, alertId, row));
        producer.flush();
    }

    private static AlertTransition last(List<AlertEvent> patient, String alertId) {
        return patient.stream()
                .filter(event -> event.getAlertId().equals(alertId))
                .reduce((first, second) -> second)
                .orElseThrow()
                .getTransition();
    }

    private static List<List<AlertEvent>> patients(Random dice) {
        List<List<AlertEvent>> patients = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            String patient = "patient-" + i;
            List<AlertEvent> events = new ArrayList<>();
            events.add(event("a" + i, patient, AlertTransition.OPENED, Severity.HIGH));
            if (dice.nextBoolean()) {
                events.add(event("b" + i, patient, AlertTransition.OPENED, Severity.REVIEW));
            }
            if (dice.nextInt(3) == 0) {
                events.add(event("a" + i, patient, AlertTransition.RETRACTED, Severity.HIGH));
            }
            patients.add(events);
        }
        return patients;
    }

    private static AlertEvent event(String alertId, String patient, AlertTransition transition, Severity severity) {
        Instant now = Instant.now();
        return AlertEvent.newBuilder()
                .setAlertId(alertId)
                .setNetworkId("net")
                .setRule("reliable-deterioration")
                .setRuleVersion("1")
                .setSeverity(severity)
                .setSubject(patient)
                .setPatientKey(patient)
                .setClinicId("C1")
                .setTransition(transition)
                .setAt(now)
                .setPublishedAt(now)
                .setReason(transition == AlertTransition.RETRACTED ? "GROUND_LOST" : null)
                .build();
    }
}
