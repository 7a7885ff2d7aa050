package care.outcomes.streams.topology;

import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.ShareableRules;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.ChartRow;
import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.Estimand;
import care.outcomes.schemas.record.FeedRow;
import care.outcomes.schemas.record.LoadMarker;
import care.outcomes.schemas.record.MeasureRow;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.QualityAction;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.schemas.record.RejectedRecord;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.ShareableRateRow;
import care.outcomes.schemas.record.VisitFact;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;

/** The topology on the test driver: send facts, let time pass, look at what is published. */
final class Driven implements AutoCloseable {

    private static final Map<String, Class<? extends SpecificRecord>> FACTS = Map.of(
            Topics.VISIT, VisitFact.class,
            Topics.DOSE, DoseFact.class,
            Topics.SCORE, ScoreFact.class,
            Topics.PATIENT, PatientFact.class);

    /** Rules whose alerts are about a clinic rather than a patient. */
    static final Set<String> OF_CLINICS = Set.of("feed-silent", "clinic-drift");

    private final AvroSerdes serdes;
    private final TopologyTestDriver driver;
    private final Map<String, TestOutputTopic<String, SpecificRecord>> outputs = new HashMap<>();
    private final Map<String, Map<String, SpecificRecord>> latest = new HashMap<>();

    Driven(HorizonMode horizon, Duration settle, Instant now, CatchUp catchUp, int partitions) {
        this(horizon, settle, now, catchUp, partitions, ShareableRules.load());
    }

    Driven(
            HorizonMode horizon,
            Duration settle,
            Instant now,
            CatchUp catchUp,
            int partitions,
            ShareableRules shareable) {
        this(
                horizon,
                settle,
                now,
                catchUp,
                partitions,
                shareable,
                new AvroSerdes(SchemaRegistry.connect("mock://" + UUID.randomUUID()), true));
    }

    private Driven(
            HorizonMode horizon,
            Duration settle,
            Instant now,
            CatchUp catchUp,
            int partitions,
            ShareableRules shareable,
            AvroSerdes serdes) {
        this.serdes = serdes;
        Map<String, Object> settings = settings(serdes);
        Topology topology = topology(horizon, settle, catchUp, partitions, shareable, serdes);
        Properties properties = new Properties();
        properties.putAll(settings);
        // In a transaction the driver loses what exception handlers send.
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        driver = new TopologyTestDriver(topology, properties, now);
        for (String topic : List.of(
                Topics.COURSE,
                Topics.RATE,
                Topics.REFERENCE,
                Topics.CHART,
                Topics.SHAREABLE_RATE,
                Topics.ALERT,
                Topics.ALERT_EVENT,
                Topics.FEED,
                Topics.MEASURE,
                Topics.MEASURE_PATIENT,
                Topics.MOVED,
                Topics.REJECTED)) {
            outputs.put(topic, driver.createOutputTopic(topic, new StringDeserializer(), serdes.deserializer()));
        }
    }

    static Map<String, Object> settings(AvroSerdes serdes) {
        WorkerConfig config = new WorkerConfig(
                "nowhere:1",
                "driven",
                "test",
                Path.of(System.getProperty("java.io.tmpdir"), "driven"),
                1,
                FactRecords.NETWORK,
                HorizonMode.live(),
                Duration.ZERO,
                ZoneId.of("UTC"));
        return StreamsSettings.of(config, Stage.PATIENTS, serdes.serializer());
    }

    static Topology topology(HorizonMode horizon, Duration settle, CatchUp catchUp, int partitions, AvroSerdes serdes) {
        return topology(horizon, settle, catchUp, partitions, ShareableRules.load(), serdes);
    }

    private static Topology topology(
            HorizonMode horizon,
            Duration settle,
            CatchUp catchUp,
            int partitions,
            ShareableRules shareable,
            AvroSerdes serdes) {
        return new OutcomesTopology(
                        serdes.serde(),
                        StoreType.MEMORY,
                        horizon,
                        ZoneId.of("UTC"),
                        settle,
                        catchUp,
                        Duration.ZERO,
                        shareable)
                .build(settings(serdes), partitions);
    }

    /** Everything that was there at the start is seen. */
    static CatchUp caughtUp() {
        CatchUp catchUp = CatchUp.begun(Set.of());
        catchUp.measured(Set.of(), 0);
        catchUp.readUpTo(Long.MAX_VALUE);
        return catchUp;
    }

    Driven send(SpecificRecord... facts) {
        for (SpecificRecord fact : facts) {
            String topic = FACTS.entrySet().stream()
                    .filter(entry -> entry.getValue().isInstance(fact))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow();
            Object key = fact.get(fact.getSchema().getField("patientKey").pos());
            send(topic, String.valueOf(key), fact);
        }
        return this;
    }

    void send(String topic, String key, @Nullable SpecificRecord value) {
        TestInputTopic<String, SpecificRecord> input =
                driver.createInputTopic(topic, new StringSerializer(), serdes.serializer());
        input.pipeInput(key, value);
    }

    /** Somebody does something about an alert. */
    Driven act(QualityAction action) {
        send(Topics.ACTION, action.getSubject(), action);
        return this;
    }

    Driven load(LoadMarker marker) {
        send(Topics.LOAD, marker.getLoadId(), marker);
        return this;
    }

    void sendBytes(String topic, String key, byte[] value) {
        driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, value);
    }

    byte[] encoded(String topic, SpecificRecord value) {
        return serdes.serializer().serialize(topic, value);
    }

    /** Lets the wall clock go on. */
    Driven pass(Duration time) {
        driver.advanceWallClockTime(time);
        return this;
    }

    /** As long as it takes a fact to reach the totals: patients look at history in the next tick, differences wait, totals publish. */
    Driven pass() {
        Duration step = Duration.ofMillis(600);
        return pass(step).pass(step).pass(step);
    }

    List<CourseRow> courses() {
        return latest(Topics.COURSE, CourseRow.class);
    }

    /** Sums of quality measures. */
    List<MeasureRow> measures() {
        return latest(Topics.MEASURE, MeasureRow.class);
    }

    /** Quality measures of single patients. */
    List<MeasureRow> memberships() {
        return latest(Topics.MEASURE_PATIENT, MeasureRow.class);
    }

    /** Rows of periods. */
    List<RateRow> rates() {
        return latest(Topics.RATE, RateRow.class).stream()
                .filter(row -> row.getEstimand() == Estimand.PERIOD)
                .toList();
    }

    /** Rows of cohorts. */
    List<RateRow> cohorts() {
        return latest(Topics.RATE, RateRow.class).stream()
                .filter(row -> row.getEstimand() == Estimand.COHORT)
                .toList();
    }

    List<ChartRow> charts() {
        return latest(Topics.CHART, ChartRow.class);
    }

    List<ShareableRateRow> shareable() {
        return latest(Topics.SHAREABLE_RATE, ShareableRateRow.class);
    }

    /** Alerts about patients. */
    List<AlertRow> alerts() {
        return latest(Topics.ALERT, AlertRow.class).stream()
                .filter(row -> !OF_CLINICS.contains(row.getRule()))
                .toList();
    }

    /** Alerts about clinics themselves. */
    List<AlertRow> clinicAlerts() {
        return latest(Topics.ALERT, AlertRow.class).stream()
                .filter(row -> OF_CLINICS.contains(row.getRule()))
                .toList();
    }

    List<RejectedRecord> rejected() {
        return latest(Topics.REJECTED, RejectedRecord.class);
    }

    List<FeedRow> feeds() {
        return latest(Topics.FEED, FeedRow.class);
    }

    /** Events about patients since last asked. */
    List<AlertEvent> events() {
        return eventsSince().stream()
                .filter(event -> !OF_CLINICS.contains(event.getRule()))
                .toList();
    }

    /** Events about clinics themselves since last asked. */
    List<AlertEvent> clinicEvents() {
        return eventsSince().stream()
                .filter(event -> OF_CLINICS.contains(event.getRule()))
                .toList();
    }

    private List<AlertEvent> eventsSince() {
        List<AlertEvent> since = new ArrayList<>();
        output(Topics.ALERT_EVENT).readKeyValuesToList().forEach(event -> since.add((AlertEvent) event.value));
        return since;
    }

    /** All that was sent to a topic since last asked. */
    List<KeyValue<String, SpecificRecord>> sent(String topic) {
        return output(topic).readKeyValuesToList();
    }

    private <T extends SpecificRecord> List<T> latest(String topic, Class<T> type) {
        Map<String, SpecificRecord> rows = latest.computeIfAbsent(topic, any -> new TreeMap<>());
        for (KeyValue<String, SpecificRecord> row : output(topic).readKeyValuesToList()) {
            if (row.value == null) {
                rows.remove(row.key);
            } else {
                rows.put(row.key, row.value);
            }
        }
        return rows.values().stream().map(type::cast).toList();
    }

    private TestOutputTopic<String, SpecificRecord> output(String topic) {
        TestOutputTopic<String, SpecificRecord> output = outputs.get(topic);
        if (output == null) {
            throw new IllegalArgumentException(topic);
        }
        return output;
    }

    @Override
    public void close() {
        driver.close();
    }
}
