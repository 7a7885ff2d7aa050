package care.outcomes.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.VisitFact;
import care.outcomes.streams.history.Histories;
import care.outcomes.streams.history.History;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.timeline.Horizon;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random networks through the real topology on a real broker, with threads that fail: as if computed in one go. */
class WorkerTest {

    private static final long SEED = Long.getLong("topology.seed", 1);
    private static final int HISTORIES = Integer.getInteger("topology.histories", 300);
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final LocalDate AS_OF = LocalDate.of(2023, 3, 17);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    static Path directory;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestBroker broker;

    private final AvroSerdes serdes = new AvroSerdes(SchemaRegistry.connect("mock://" + UUID.randomUUID()), true);

    @BeforeAll
    static void start() throws Exception {
        broker = new TestBroker(directory.resolve("broker"));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void whatIsPublishedInTheEndIsWhatTheFactsSay() throws Exception {
        List<SpecificRecord> facts = new ArrayList<>();
        for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
            History history = Histories.of(seed);
            facts.addAll(history.arrivals(seed));
        }
        Collections.shuffle(facts, new Random(SEED));
        publish(facts);

        Crashes.Plan plan = new Crashes.Plan(SEED, 12, facts.size() / 6);
        // The thread that takes the place of one that failed waits for its session and its transaction to end.
        Map<String, Object> crashing = Map.of(
                StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG,
                Crashes.class,
                Crashes.PLAN,
                plan,
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                2_000,
                StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                1_000,
                StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                200);
        try (Worker worker = new Worker(config(), serdes, crashing, new Recovery(100))) {
            worker.start();
            worker.awaitDrained(Duration.ofMinutes(5), progress -> {});
            assertThat(worker.failure()).isEmpty();
        }

        assertThat(plan.crashed()).as("crashes").isGreaterThan(5);
        Recomputed expected = new Recomputed(facts, Horizon.endOf(AS_OF, UTC));
        assertThat(courses()).as("courses, seed " + SEED).isEqualTo(expected.courses());
        assertThat(rates()).as("rates, seed " + SEED).isEqualTo(expected.rates());
        assertThat(alerts()).as("alerts, seed " + SEED).isEqualTo(states(expected));
        assertThat(expected.rates()).hasSizeGreaterThan(1000);
        assertThat(broker.committed(Topics.REJECTED, serdes)).isEmpty();
    }

    private WorkerConfig config() {
        return new WorkerConfig(
                broker.bootstrapServers(),
                "worker-test",
                "one",
                directory.resolve("state"),
                2,
                "any",
                HorizonMode.fixed(AS_OF),
                Duration.ZERO,
                UTC);
    }

    private void publish(List<SpecificRecord> facts) throws Exception {
        try (KafkaProducer<String, SpecificRecord> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(), serdes.serializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (SpecificRecord fact : facts) {
                sent.add(producer.send(new ProducerRecord<>(topic(fact), History.patientKey(fact), fact)));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    private static String topic(SpecificRecord fact) {
        if (fact instanceof ScoreFact) {
            return Topics.SCORE;
        }
        if (fact instanceof DoseFact) {
            return Topics.DOSE;
        }
        return fact instanceof VisitFact ? Topics.VISIT : Topics.PATIENT;
    }

    private Map<String, CourseRow> courses() {
        Map<String, CourseRow> rows = new TreeMap<>();
        broker.latest(Topics.COURSE, serdes).forEach((key, value) -> {
            CourseRow row = (CourseRow) value;
            row.setRevision(0);
            row.setPublishedAt(java.time.Instant.EPOCH);
            rows.put(key, row);
        });
        return rows;
    }

    private Map<String, Tally> rates() {
        Map<String, Tally> rows = new TreeMap<>();
        broker.latest(Topics.RATE, serdes).forEach((key, value) -> rows.put(key, tally((RateRow) value)));
        return rows;
    }

    private Map<String, AlertState> alerts() {
        Map<String, AlertState> rows = new TreeMap<>();
        broker.latest(Topics.ALERT, serdes).forEach((key, value) -> rows.put(key, ((AlertRow) value).getState()));
        return rows;
    }

    private static Map<String, AlertState> states(Recomputed expected) {
        Map<String, AlertState> states = new TreeMap<>();
        expected.alerts().forEach((id, alert) -> states.put(id, alert.open() ? AlertState.OPEN : AlertState.RESOLVED));
        return states;
    }

    private static Tally tally(RateRow row) {
        return Tally.of(new int[] {
            row.getEligible(),
            row.getMeasured(),
            row.getResponded(),
            row.getPartial(),
            row.getMinimal(),
            row.getWorse(),
            row.getReliablyDeteriorated(),
            row.getRemitted(),
            row.getRelapsed(),
            row.getNoBaseline(),
            row.getBelowFloor()
        });
    }
}
