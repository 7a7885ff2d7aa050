package care.outcomes.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.CatalogueFolder;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.ShareableRules;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.FeedRow;
import care.outcomes.schemas.record.MeasureRow;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.schemas.record.ReferenceRow;
import care.outcomes.schemas.record.RejectedRecord;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.ShareableRateRow;
import care.outcomes.schemas.record.VisitFact;
import care.outcomes.streams.alert.Alert;
import care.outcomes.streams.history.Crowd;
import care.outcomes.streams.history.Happening;
import care.outcomes.streams.history.Histories;
import care.outcomes.streams.history.History;
import care.outcomes.streams.measure.QualityMeasures;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves.Curve;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.Identity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random networks through the real topology on a real broker, with threads that fail: as if computed in one go. */
class WorkerTest {

    private static final long SEED = Long.getLong("topology.seed", 1);
    private static final int HISTORIES = Integer.getInteger("topology.histories", 300);
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final LocalDate AS_OF = LocalDate.of(2023, 3, 17);

    /** Courses of February 2023. */
    private static final PlantedCourses PLANTED = new PlantedCourses(-700);

    /** The PHQ-9 with other cut-offs. */
    private static final String OTHER_INSTRUMENTS = """
            instruments:
              phq9:
                name: PHQ-9
                outcome: true
                construct: depression
                min: 0
                max: 27
                itemMax: [3, 3, 3, 3, 3, 3, 3, 3, 3]
                scoring: SUM
                prorate: 2
                screener: phq2
                recallDays: 14
                suicide: {position: 9, review: 1, high: 2, urgent: 3}
                floor: 8
                remission: 6
                consistentDays: 14
                recoveryDays: 60
                bands: [5, 10, 15, 20]
                reliableChange: 5
                importantChange: 5
                relapse: {atLeast: 9, minGapDays: 5, singleRise: 6}
            """;

    /** A measure with another index and another success. */
    private static final String OTHER_MEASURES = """
            measures:
              remission-6m:
                name: Depression remission at six months
                versions:
                  "2025":
                    source: own
                    identification: {from: -8, to: 4}
                    index: {instruments: [phq9], atLeast: 8}
                    age: {from: 12, unknownCounts: true}
                    window: {months: 6, from: -60, to: 60}
                    success: {below: 7}
                    exclusions: {death: true, diagnoses: [], care: []}
                    strata: [12, 18]
                    unindexed: false
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestBroker broker;

    private final AvroSerdes serdes = new AvroSerdes(SchemaRegistry.connect("mock://" + UUID.randomUUID()), true);

    @BeforeEach
    void start() throws Exception {
        broker = new TestBroker(directory.resolve("broker"));
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void whatIsPublishedInTheEndIsWhatTheFactsSay() throws Exception {
        List<SpecificRecord> facts = new ArrayList<>();
        for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
            facts.addAll(Histories.of(seed, EnumSet.allOf(Happening.class)).arrivals(seed));
        }
        Collections.shuffle(facts, new Random(SEED));
        int half = facts.size() / 2;
        // What is shared is told once for all, so all facts of a network of which it is compared come before.
        facts.addAll(Crowd.of("crowd", facts.subList(0, half / 4)));
        Collections.shuffle(facts.subList(half, facts.size()), new Random(SEED));

        // What is expected of courses is cut once, from what is there by then; who is off track comes before it and
        // after.
        List<SpecificRecord> before = new ArrayList<>(PLANTED.expected(30));
        before.addAll(PLANTED.offTrack(PlantedCourses.patient(100)));
        List<SpecificRecord> divided = PLANTED.offTrack(PlantedCourses.patient(101));
        before.addAll(divided.subList(0, 4));
        facts.addAll(0, before);
        half += before.size();
        facts.add(divided.get(4));
        facts.addAll(PLANTED.offTrack(PlantedCourses.patient(102)));

        publish(facts.subList(0, half));
        Crashes.Plan plan = new Crashes.Plan(SEED, 6, half / 2);
        try (Worker worker = new Worker(config(), serdes, crashing(plan), new Recovery(100))) {
            drain(worker);
        }
        assertThat(plan.crashed()).as("crashes").isEqualTo(6);

        publish(facts.subList(half, facts.size()));
        plan = new Crashes.Plan(SEED + 1, 6, half);
        try (Worker worker = new Worker(config(), serdes, crashing(plan), new Recovery(100))) {
            drain(worker);
        }
        assertThat(plan.crashed()).as("crashes after the restart").isGreaterThan(2);

        Recomputed expected = recomputed(facts);
        assertThat(courses()).as("courses, seed " + SEED).isEqualTo(expected.courses());
        assertThat(rates()).as("rates, seed " + SEED).isEqualTo(expected.rates());
        assertThat(tallies(RatesRecomputedTest.rows(courses().values())))
                .as("rates recomputed from the published courses, seed " + SEED)
                .isEqualTo(rates());
        assertThat(recordsRead()).as("records in the account of feeds").isEqualTo(facts.size());
        assertThat(alerts()).as("alerts, seed " + SEED).isEqualTo(states(expected));
        assertThat(expected.alerts().values())
                .filteredOn(alert -> alert.rule().equals("off-track"))
                .extracting(Alert::patientKey)
                .contains(PlantedCourses.patient(100), PlantedCourses.patient(101), PlantedCourses.patient(102));
        assertMeasures(expected);
        assertThat(sharedOf("crowd", shared()))
                .as("shared, seed " + SEED)
                .isNotEmpty()
                .isEqualTo(sharedOf("crowd", expected.shareable((int) AS_OF.toEpochDay())));
        assertThat(expected.rates()).hasSizeGreaterThan(1000);
        assertThat(broker.committed(Topics.REJECTED, serdes)).isEmpty();
    }

    @Test
    void otherRulesHalfWayAreAsIfThereHadNeverBeenOthers(@TempDir Path site) throws Exception {
        List<SpecificRecord> facts = new ArrayList<>();
        for (long seed = SEED; seed < SEED + HISTORIES / 5; seed++) {
            List<SpecificRecord> arrivals =
                    Histories.of(seed, EnumSet.allOf(Happening.class)).arrivals(seed);
            facts.addAll(seed % 2 == 0 ? arrivals : Crowd.of("crowd", arrivals));
        }
        Collections.shuffle(facts, new Random(SEED));
        int half = facts.size() / 2;

        publish(facts.subList(0, half));
        try (Worker worker = new Worker(config(), serdes, Map.of(), new Recovery(0))) {
            drain(worker);
        }
        Set<String> before = rulesets();
        assertThat(before).hasSize(1);
        try {
            Files.writeString(site.resolve("instruments.yaml"), OTHER_INSTRUMENTS);
            Files.writeString(site.resolve("measures.yaml"), OTHER_MEASURES);
            CatalogueFolder.use(site);
            publish(facts.subList(half, facts.size()));
            try (Worker worker = new Worker(config(), serdes, Map.of(), new Recovery(0))) {
                drain(worker);
            }
            Recomputed expected = recomputed(facts);
            assertThat(courses()).isEqualTo(expected.courses());
            assertThat(rates()).isEqualTo(expected.rates());
            assertThat(alerts()).isEqualTo(states(expected));
            assertMeasures(expected);
            assertThat(rulesets()).hasSize(1).doesNotContainAnyElementsOf(before);
        } finally {
            CatalogueFolder.none();
        }
    }

    /** What must be there in the end, compared with the references that were cut. */
    private Recomputed recomputed(List<SpecificRecord> facts) {
        List<Curve> curves = broker.latest(Topics.REFERENCE, serdes).values().stream()
                .flatMap(row -> ReferenceRows.curves((ReferenceRow) row).stream())
                .toList();
        return new Recomputed(facts, Horizon.endOf(AS_OF, UTC), ShareableRules.load(), new TrajectoryCurves(curves));
    }

    /** What all published rows say they are under; there are some of every kind. */
    private Set<String> rulesets() {
        Set<String> rulesets = new HashSet<>();
        for (String topic : List.of(
                Topics.COURSE,
                Topics.RATE,
                Topics.CHART,
                Topics.MEASURE,
                Topics.MEASURE_PATIENT,
                Topics.SHAREABLE_RATE)) {
            Map<String, SpecificRecord> rows = broker.latest(topic, serdes);
            assertThat(rows).as(topic).isNotEmpty();
            rows.values()
                    .forEach(row -> rulesets.add(String.valueOf(
                            row.get(row.getSchema().getField("ruleset").pos()))));
        }
        return rulesets;
    }

    private Map<String, ShareableRateRow> shared() {
        Map<String, ShareableRateRow> rows = new TreeMap<>();
        broker.latest(Topics.SHAREABLE_RATE, serdes).forEach((key, value) -> {
            ShareableRateRow row = (ShareableRateRow) value;
            row.setComputedAt(Instant.EPOCH);
            rows.put(key, row);
        });
        return rows;
    }

    private static Map<String, ShareableRateRow> sharedOf(String networkId, Map<String, ShareableRateRow> rows) {
        Map<String, ShareableRateRow> ofNetwork = new TreeMap<>(rows);
        ofNetwork.values().removeIf(row -> !row.getNetworkId().equals(networkId));
        return ofNetwork;
    }

    private void assertMeasures(Recomputed expected) {
        assertThat(measures(Topics.MEASURE_PATIENT)).isEqualTo(expected.memberships());
        MeasuresRecomputed sums = new MeasuresRecomputed(QualityMeasures.load(), (int) AS_OF.toEpochDay());
        expected.memberships().values().forEach(sums::add);
        assertThat(measures(Topics.MEASURE)).isEqualTo(sums.rows());
        assertThat(sums.rows()).hasSizeGreaterThan(50);
    }

    private Map<String, MeasureRow> measures(String topic) {
        Map<String, MeasureRow> rows = new TreeMap<>();
        broker.latest(topic, serdes).forEach((key, value) -> {
            MeasureRow row = (MeasureRow) value;
            row.setRevision(0);
            row.setComputedAt(Instant.EPOCH);
            rows.put(key, row);
        });
        return rows;
    }

    @Test
    void garbageIsSetAsideAndStraysGoHomeWhileTheStreamGoesOn() throws Exception {
        History history = Histories.of(SEED);
        List<SpecificRecord> facts = history.versions();
        SpecificRecord any = facts.get(0);
        byte[] key = History.patientKey(any).getBytes(StandardCharsets.UTF_8);
        byte[] whole = serdes.serializer().serialize(topic(any), any);
        List<byte[]> garbage = new ArrayList<>();
        garbage.add("patient John".getBytes(StandardCharsets.UTF_8));
        garbage.add(new byte[] {0, 0, 0, 99, 99, 1, 2, 3});
        garbage.add(Arrays.copyOf(whole, whole.length - 2));
        garbage.add(null);
        try (KafkaProducer<byte[], byte[]> producer = producer(new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String topic : OutcomesTopology.SOURCES) {
                for (byte[] bytes : garbage) {
                    producer.send(new ProducerRecord<>(topic, key, bytes)).get();
                }
                producer.send(new ProducerRecord<>(topic, "other".getBytes(StandardCharsets.UTF_8), whole))
                        .get();
            }
        }
        try (KafkaProducer<String, SpecificRecord> producer = producer(new StringSerializer(), serdes.serializer())) {
            for (int i = 0; i < facts.size(); i++) {
                SpecificRecord fact = facts.get(i);
                int anyPartition = i % TestBroker.PARTITIONS;
                producer.send(new ProducerRecord<>(topic(fact), anyPartition, History.patientKey(fact), fact))
                        .get();
            }
        }

        Set<Identity> standing = new HashSet<>();
        try (Worker worker = new Worker(config(), serdes, Map.of(), new Recovery(0))) {
            drain(worker);
            worker.forEachLiveFact(fact -> standing.add(fact.identity()));
        }

        Map<String, Long> reasons = broker.committed(Topics.REJECTED, serdes).stream()
                .map(record -> ((RejectedRecord) record.value()).getReason())
                .collect(Collectors.groupingBy(reason -> reason, TreeMap::new, Collectors.counting()));
        // A fact is right for its own topic and for strays; there its key is what is wrong.
        assertThat(reasons)
                .isEqualTo(Map.of("UNDECODABLE", 18L, "NULL_VALUE", 6L, "KEY_MISMATCH", 2L, "WRONG_TYPE", 4L));
        Recomputed expected = recomputed(facts);
        assertThat(courses()).isEqualTo(expected.courses());
        assertThat(rates()).isEqualTo(expected.rates());
        FactReader reader = new FactReader(Instruments.load());
        assertThat(standing)
                .isEqualTo(facts.stream()
                        .map(fact -> reader.read(fact).stamp().identity())
                        .collect(Collectors.toSet()));
        assertThat(broker.committed(Topics.MOVED, new ByteArrayDeserializer()))
                .as("more than the garbage")
                .hasSizeGreaterThan(5);
    }

    @Test
    void aMissingTopicIsNamedAndNothingIsLeftRunning() throws Exception {
        broker.delete(Topics.DOSE);
        try (Worker worker = new Worker(config(), serdes, Map.of(), new Recovery(0))) {
            assertThatThrownBy(worker::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(Topics.DOSE);
            assertThat(worker.running()).isFalse();
        }
    }

    private static void drain(Worker worker) throws Exception {
        worker.start();
        worker.awaitDrained(Duration.ofMinutes(10), progress -> {});
        assertThat(worker.running()).isTrue();
        assertThat(worker.failure()).isEmpty();
    }

    /** The thread that takes the place of one that failed waits for its session to end; its transaction it ends itself. */
    private static Map<String, Object> crashing(Crashes.Plan plan) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, Crashes.class);
        settings.put(Crashes.PLAN, plan);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 1_000);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 200);
        return settings;
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

    private <K, V> KafkaProducer<K, V> producer(Serializer<K> keys, Serializer<V> values) {
        // A busy broker refuses the second of two batches on their way to a new partition, for good.
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                1);
        return new KafkaProducer<>(settings, keys, values);
    }

    private void publish(List<SpecificRecord> facts) throws Exception {
        try (KafkaProducer<String, SpecificRecord> producer = producer(new StringSerializer(), serdes.serializer())) {
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
            row.setPublishedAt(Instant.EPOCH);
            rows.put(key, row);
        });
        return rows;
    }

    /** Each record that came, repeats too, is booked once, crash or no crash. */
    private long recordsRead() {
        return broker.latest(Topics.FEED, serdes).values().stream()
                .mapToLong(row -> ((FeedRow) row).getRead())
                .sum();
    }

    private Map<String, Tally> rates() {
        return tallies(broker.latest(Topics.RATE, serdes));
    }

    static Map<String, Tally> tallies(Map<String, ? extends SpecificRecord> rows) {
        Map<String, Tally> tallies = new TreeMap<>();
        rows.forEach((key, value) -> tallies.put(key, tally((RateRow) value)));
        return tallies;
    }

    /** What was told when half of the facts were there, and taken back since, is the history of delivery. */
    private Map<String, AlertState> alerts() {
        Map<String, AlertState> rows = new TreeMap<>();
        broker.latest(Topics.ALERT, serdes).forEach((key, value) -> {
            if (value instanceof AlertRow row && !Driven.OF_CLINICS.contains(row.getRule())) {
                rows.put(key, row.getState());
            }
        });
        rows.values().removeIf(state -> state == AlertState.RETRACTED);
        return rows;
    }

    private static Map<String, AlertState> states(Recomputed expected) {
        Map<String, AlertState> states = new TreeMap<>();
        expected.alerts().forEach((id, alert) -> states.put(id, alert.open() ? AlertState.OPEN : AlertState.RESOLVED));
        return states;
    }

    private static Tally tally(RateRow row) {
        return RateRows.counts(row);
    }
}
