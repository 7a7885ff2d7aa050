package care.outcomes.deploy.trace;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.deploy.broker.EmbeddedBroker;
import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.Administration;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.Evidence;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.MovedFact;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.schemas.record.RejectedRecord;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.Severity;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.PatientChart;
import care.outcomes.streams.topology.FactReader;
import care.outcomes.streams.topology.Moves;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is told of a record, against a real broker that holds what a pipeline would. */
class TraceCommandTest {
    private static final String REGISTRY = "mock://trace";
    private static final String MERGED = "net.fedcba9876543210fedcba9876543210";
    private static final Horizon NOW = Horizon.at(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final String PATIENT = "net.0123456789abcdef0123456789abcdef";

    @TempDir
    static Path folder = Path.of(".");

    @SuppressWarnings("NullAway.Init") // started before all tests
    private static EmbeddedBroker broker;

    private static String tooHigh = "";

    @BeforeAll
    static void publish() throws Exception {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            List<NewTopic> topics = new ArrayList<>();
            for (String topic : List.of(
                    Topics.VISIT,
                    Topics.DOSE,
                    Topics.SCORE,
                    Topics.PATIENT,
                    Topics.MOVED,
                    Topics.ALERT,
                    Topics.REJECTED)) {
                topics.add(new NewTopic(topic, Optional.of(3), Optional.empty()));
            }
            admin.createTopics(topics).all().get(30, TimeUnit.SECONDS);
        }
        AvroSerdes serdes = new AvroSerdes(SchemaRegistry.connect(REGISTRY), true);
        try (KafkaProducer<String, SpecificRecord> to =
                new KafkaProducer<>(client, new StringSerializer(), serdes.serializer())) {
            send(to, Topics.SCORE, PATIENT, score("before", "2025-01-01", 20, 0));
            send(to, Topics.SCORE, PATIENT, score("after", "2025-01-20", 19, 0));
            send(to, Topics.SCORE, PATIENT, score("after", "2025-01-20", 9, 1));
            send(to, Topics.SCORE, PATIENT, score("after", "2025-01-20", 9, 1));
            send(to, Topics.SCORE, PATIENT, score("zz-copy", "2025-01-20", 9, 1));
            tooHigh = send(to, Topics.SCORE, PATIENT, score("high", "2025-01-21", 26, 0));
            send(to, Topics.DOSE, PATIENT, dose("2025-01-02"));
            send(
                    to,
                    Topics.REJECTED,
                    tooHigh,
                    RejectedRecord.newBuilder()
                            .setSource("clinic.score.v1-0")
                            .setLine(5L)
                            .setField("total")
                            .setReason("TOTAL_OUT_OF_RANGE")
                            .setStage("topology")
                            .setRejectedAt(Instant.EPOCH)
                            .build());
            send(to, Topics.ALERT, "a1", alert("after"));
            sendMerged(to);
        }
    }

    /** A score under a key that gave way to the patient's, as the patient tasks send it on. */
    private static void sendMerged(KafkaProducer<String, SpecificRecord> to) throws Exception {
        ScoreFact later = score("later", "2025-01-30", 4, 0);
        later.setPatientKey(MERGED);
        PatientFact merge = PatientFact.newBuilder()
                .setEventId("merge-1")
                .setFactId("merge")
                .setVersion(1)
                .setStatus(FactStatus.FINAL)
                .setNetworkId("net")
                .setClinicId("C1")
                .setPatientKey(MERGED)
                .setOccurredAt(Instant.parse("2025-02-01T12:00:00Z"))
                .setRecordedAt(Instant.parse("2025-02-01T12:00:00Z"))
                .setSource("ehr")
                .setKind(PatientFactKind.MERGE)
                .setValue(PATIENT)
                .build();
        send(to, Topics.SCORE, MERGED, later);
        send(to, Topics.PATIENT, MERGED, merge);
        FactReader reader = new FactReader(Instruments.load());
        PatientChart chart = new PatientChart(MERGED, List.of(), List.of());
        chart.take(new PatientChart.Recorded(reader.read(later)));
        PatientChart.Reading before = chart.read(NOW);
        chart.take(new PatientChart.Recorded(reader.read(merge)));
        PatientChart.Reading after = chart.read(NOW);
        for (MovedFact moved : Moves.between(MERGED, before, after)) {
            send(to, Topics.MOVED, PATIENT, moved);
        }
    }

    @Test
    void aFactOfAMergedKeyIsFollowedToWhereItCounts() throws Exception {
        JsonNode fact = json("later").path("facts").path(0);
        assertThat(fact.path("patientKey").asText()).isEqualTo(MERGED);
        assertThat(fact.path("countsUnder").asText()).isEqualTo(PATIENT);
        assertThat(fact.path("versions"))
                .extracting(version -> version.path("disposition").asText())
                .containsExactly("live, under " + PATIENT);
        assertThat(fact.path("uses"))
                .singleElement()
                .satisfies(use -> assertThat(use.path("as").asText()).isEqualTo("votes RESPONSE from 2025-01-30"));
        assertThat(text("merge")).contains("live: it tells of the key");
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void everyVersionOfAFactIsToldWithWhatItCountsAsNow() throws Exception {
        JsonNode fact = json("after").path("facts").path(0);
        assertThat(fact.path("versions"))
                .extracting(version -> version.path("disposition").asText().replaceAll("-\\d@\\d+", ""))
                .containsExactly(
                        "superseded by event after-9-1, version 1", "live", "the same again as clinic.score.v1");
        assertThat(fact.path("uses")).singleElement().satisfies(use -> {
            assertThat(use.path("treatment").asText()).isEqualTo("KETAMINE_IV");
            assertThat(use.path("as").asText()).isEqualTo("votes RESPONSE from 2025-01-20");
        });
        assertThat(fact.path("alerts"))
                .extracting(alert -> alert.path("alertId").asText())
                .containsExactly("a1");
    }

    @Test
    void anEventLeadsToItsFactAndAnAlertToItsEvidence() throws Exception {
        assertThat(json("after-19-0").path("facts")).hasSize(1);
        JsonNode alert = json("a1");
        assertThat(alert.path("alert").path("rule").asText()).isEqualTo("partial-plateau");
        assertThat(alert.path("facts"))
                .extracting(fact -> fact.path("factId").asText())
                .containsExactly("after");
    }

    @Test
    void baselinesDosesAndDuplicatesAreNamed() throws Exception {
        assertThat(text("before")).contains("counts in KETAMINE_IV, course 1, phq9: its baseline");
        assertThat(text("dose")).contains("counts in KETAMINE_IV, course 1: opens it");
        assertThat(text("zz-copy")).contains("duplicate of fact after").contains("counts in no course");
    }

    @Test
    void aRejectedRecordIsFoundByItsPlaceAndByItsId() throws Exception {
        assertThat(text(tooHigh)).contains("was rejected by the topology: TOTAL_OUT_OF_RANGE in total");
        assertThat(text("high")).contains("rejected: TOTAL_OUT_OF_RANGE").contains("counts in no course");
    }

    @Test
    void whatIsUnknownIsSaidSo() {
        StringWriter err = new StringWriter();
        assertThat(execute(new StringWriter(), err, "nobody")).isEqualTo(1);
        assertThat(err.toString()).contains("nothing is known of nobody");
    }

    private static JsonNode json(String id) throws Exception {
        StringWriter out = new StringWriter();
        assertThat(execute(out, new StringWriter(), id, "--json")).isZero();
        return new ObjectMapper().readTree(out.toString());
    }

    private static String text(String id) {
        StringWriter out = new StringWriter();
        assertThat(execute(out, new StringWriter(), id)).isZero();
        return out.toString();
    }

    private static int execute(StringWriter out, StringWriter err, String... options) {
        List<String> all = new ArrayList<>(List.of("--bootstrap", broker.bootstrapServers(), "--registry", REGISTRY));
        all.addAll(List.of(options));
        return new CommandLine(new TraceCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    private static String send(KafkaProducer<String, SpecificRecord> to, String topic, String key, SpecificRecord value)
            throws Exception {
        RecordMetadata at = to.send(new ProducerRecord<>(topic, key, value)).get(30, TimeUnit.SECONDS);
        return at.topic() + "-" + at.partition() + "@" + at.offset();
    }

    private static ScoreFact score(String factId, String day, int total, long version) {
        return ScoreFact.newBuilder()
                .setEventId(factId + "-" + total + "-" + version)
                .setFactId(factId)
                .setVersion(version)
                .setStatus(FactStatus.FINAL)
                .setNetworkId("net")
                .setClinicId("C1")
                .setPatientKey(PATIENT)
                .setOccurredAt(Instant.parse(day + "T12:00:00Z"))
                .setRecordedAt(Instant.parse(day + "T13:00:00Z"))
                .setSource("ehr")
                .setInstrument("phq9")
                .setTotal(total)
                .build();
    }

    private static DoseFact dose(String day) {
        return DoseFact.newBuilder()
                .setEventId("dose-1")
                .setFactId("dose")
                .setStatus(FactStatus.FINAL)
                .setNetworkId("net")
                .setClinicId("C1")
                .setPatientKey(PATIENT)
                .setOccurredAt(Instant.parse(day + "T12:00:00Z"))
                .setRecordedAt(Instant.parse(day + "T13:00:00Z"))
                .setSource("ehr")
                .setTreatment("KETAMINE_IV")
                .setAdministration(Administration.COMPLETED)
                .build();
    }

    private static AlertRow alert(String evidence) {
        return AlertRow.newBuilder()
                .setAlertId("a1")
                .setNetworkId("net")
                .setRule("partial-plateau")
                .setRuleVersion("1")
                .setSeverity(Severity.REVIEW)
                .setState(AlertState.OPEN)
                .setSubject(PATIENT)
                .setPatientKey(PATIENT)
                .setClinicId("C1")
                .setOpenedAt(Instant.EPOCH)
                .setText("Please review.")
                .setEvidence(List.of(Evidence.newBuilder()
                        .setFactId(evidence)
                        .setKind("SCORE")
                        .setOn(LocalDate.EPOCH)
                        .build()))
                .build();
    }
}
