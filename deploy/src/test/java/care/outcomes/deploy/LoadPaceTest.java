package care.outcomes.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import care.outcomes.deploy.broker.EmbeddedBroker;
import care.outcomes.deploy.local.Provision;
import care.outcomes.ingest.Intake;
import care.outcomes.ingest.Reading;
import care.outcomes.ingest.identity.PatientKeys;
import care.outcomes.ingest.identity.PatientScope;
import care.outcomes.ingest.publish.Headway;
import care.outcomes.ingest.publish.Publisher;
import care.outcomes.ingest.publish.WorkerLag;
import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.Precision;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.Timing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A load and a group of workers on the real broker; the worker here is one that commits when it is told to. */
class LoadPaceTest {
    private static final String GROUP = "workers";
    private static final int MOST = 10;
    private static final int FACTS = 35;
    private static final Instant NOW = Instant.parse("2025-03-01T10:00:00Z");

    @TempDir
    Path directory = Path.of(".");

    @Test
    void aLoadKeepsToThePaceOfTheWorkersAndWaitsForNobodyWhereThereAreNone() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
                SchemaRegistry registry = SchemaRegistry.connect("mock://load-pace")) {
            Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
            Provision.topics(Topics.load(), broker.bootstrapServers(), 1);
            Provision.schemas(Topics.load(), registry);
            AtomicInteger published = new AtomicInteger();
            AtomicInteger waits = new AtomicInteger();
            try (WorkerLag workers = WorkerLag.connect(client, GROUP);
                    Publisher publisher = Publisher.connect(client, new AvroSerdes(registry, false), intake())) {
                assertThat(workers.isAttended()).isFalse();
                CompletableFuture<Void> load;
                try (KafkaConsumer<byte[], byte[]> worker = worker(broker)) {
                    assertThat(workers.isAttended()).isTrue();
                    Headway headway = new Headway(publisher, workers, MOST, behind -> waits.incrementAndGet());
                    load = CompletableFuture.runAsync(() -> {
                        for (int i = 0; i < FACTS; i++) {
                            headway.accept(reading(i));
                            published.incrementAndGet();
                        }
                    });
                    await().untilAsserted(() -> assertThat(waits).hasValueGreaterThan(3));
                    assertThat(published).hasValue(MOST);
                    assertThat(workers.look()).isEqualTo(new WorkerLag.At(MOST, 0));

                    int before = waits.get();
                    worker.commitSync(Map.of(new TopicPartition(Topics.SCORE, 0), new OffsetAndMetadata(7)));
                    await().untilAsserted(() -> assertThat(published).hasValue(MOST + 7));
                    await().untilAsserted(() -> assertThat(waits).hasValueGreaterThan(before + 3));
                    assertThat(workers.look()).isEqualTo(new WorkerLag.At(MOST + 7, 7));
                    assertThat(load).isNotDone();
                }
                load.get();
                assertThat(published).hasValue(FACTS);
            }
        }
    }

    private static KafkaConsumer<byte[], byte[]> worker(EmbeddedBroker broker) {
        KafkaConsumer<byte[], byte[]> worker = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", GROUP, "enable.auto.commit", false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        worker.subscribe(List.of(Topics.SCORE));
        await().until(() -> {
            worker.poll(Duration.ofMillis(100));
            return !worker.assignment().isEmpty();
        });
        return worker;
    }

    private static Intake intake() {
        return new Intake(
                "net",
                null,
                ZoneOffset.UTC,
                null,
                PatientScope.CLINIC,
                new PatientKeys(new byte[PatientKeys.KEY_BYTES]),
                NOW,
                NOW);
    }

    private static Reading reading(int number) {
        ScoreFact score = ScoreFact.newBuilder()
                .setEventId("e" + number)
                .setFactId("s" + number)
                .setStatus(FactStatus.FINAL)
                .setNetworkId("net")
                .setClinicId("C1")
                .setPatientKey("net.0123456789abcdef0123456789abcdef")
                .setOccurredAt(NOW)
                .setPrecision(Precision.INSTANT)
                .setRecordedAt(NOW)
                .setSource("test")
                .setInstrument("phq9")
                .setTotal(12)
                .setTiming(Timing.NONE)
                .build();
        return new Reading("scores.csv", number + 1L, List.of(score), null, null, null, null);
    }
}
