package care.outcomes.deploy.query;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.deploy.Failure;
import care.outcomes.deploy.Outcomes;
import care.outcomes.deploy.broker.EmbeddedBroker;
import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.CourseStatus;
import care.outcomes.schemas.record.Estimand;
import care.outcomes.schemas.record.MeasureRow;
import care.outcomes.schemas.record.Phase;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.schemas.record.Severity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The query commands against a real broker that holds what a pipeline would have published. */
class QueryCommandsTest {
    private static final String REGISTRY = "mock://query";

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init") // started before all tests
    private static EmbeddedBroker broker;

    @BeforeAll
    static void publish() throws Exception {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(
                            topic(Topics.RATE),
                            topic(Topics.COURSE),
                            topic(Topics.ALERT),
                            topic(Topics.MEASURE),
                            topic(Topics.MEASURE_PATIENT)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        AvroSerdes serdes = new AvroSerdes(SchemaRegistry.connect(REGISTRY), true);
        Map<String, Object> transactional =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "query-test");
        try (KafkaProducer<String, SpecificRecord> producer =
                new KafkaProducer<>(transactional, new StringSerializer(), serdes.serializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, Topics.RATE, "one", rate("*", "2025-01-15", 4));
            send(producer, Topics.RATE, "two", rate("C1", "2025-01-15", 4));
            send(producer, Topics.COURSE, "one", course("C1"));
            send(producer, Topics.COURSE, "two", course("C2"));
            send(producer, Topics.MEASURE, "all", measure("*", null, 40));
            send(producer, Topics.MEASURE, "C1", measure("C1", null, 39));
            send(producer, Topics.MEASURE_PATIENT, "p", measure("C1", "net.p", 1));
            send(producer, Topics.ALERT, "a", alert("a", AlertState.OPEN));
            send(producer, Topics.ALERT, "b", alert("b", AlertState.RESOLVED));
            producer.commitTransaction();
            producer.beginTransaction();
            send(producer, Topics.RATE, "two", rate("C1", "2025-01-15", 99));
            producer.abortTransaction();
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void ratesAreCarriedToTheDayAskedForAndAbortedOnesNotSeen() {
        Answer answer = ask(new RatesCommand(), "--day", "2025-02-10", "--clinic", "C1", "--json");

        assertThat(answer.status()).isZero();
        assertThat(answer.out().lines())
                .hasSize(2)
                .allMatch(line -> line.contains("\"clinicId\":\"C1\"") && line.contains("\"started\":4"))
                .anyMatch(line -> line.contains("\"day\":\"2025-01-31\""))
                .anyMatch(line -> line.contains("\"day\":\"2025-02-10\""));
    }

    @Test
    void dailyRatesHaveEveryDay() {
        Answer answer = ask(new RatesCommand(), "--day", "2025-02-10", "--clinic", "C1", "--json", "--daily");

        assertThat(answer.out().lines()).hasSize(27);
    }

    @Test
    void ratesComeAsATable() {
        Answer answer = ask(new RatesCommand(), "--day", "2025-02-10");

        assertThat(answer.out())
                .contains("RESPONSE AND REMISSION, 2024-11-13 to 2025-02-10")
                .contains("All clinics  3 of 4 (75 %)");
    }

    @Test
    void measuresComeAsATableAndAsRows() {
        assertThat(ask(new MeasuresCommand()).out())
                .startsWith("QUALITY MEASURES: who was not measured counts as without success")
                .containsPattern("Depression remission at twelve months +2025 so far +All +40 +8 +8 +25 %")
                .containsPattern("Depression remission at twelve months +2025 so far +C1 +39 +8 +8 +26 %");
        assertThat(ask(new MeasuresCommand(), "--clinic", "C1", "--json").out().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("{\"measure\":\"cms159\",\"version\":\"2025\",\"period\":\"2025\""))
                .anyMatch(line -> line.contains("\"patientKey\":\"net.p\",\"initialPopulation\":1"));
        assertThat(ask(new MeasuresCommand(), "--period", "2024").out()).contains("No index event yet.");
        assertThat(ask(new MeasuresCommand(), "--measure", "drr-e", "--json").out())
                .isEmpty();
    }

    @Test
    void ofTodayThereIsNothingYet() {
        assertThat(ask(new RatesCommand(), "--window", "P28D").out()).contains("No evaluable course yet");
    }

    @Test
    void coursesComeAsRowsAndAsATable() {
        assertThat(ask(new CoursesCommand(), "--json").out().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("{\"networkId\":\"net\"") && line.endsWith("\"ruleset\":\"r1\"}"));
        assertThat(ask(new CoursesCommand(), "--clinic", "C2").out())
                .contains("Ketamine, intravenous 1")
                .contains("C2", "Remission")
                .doesNotContain("C1");
        assertThat(ask(new CoursesCommand(), "--instrument", "madrs").out()).isEqualTo("No course yet.\n");
    }

    @Test
    void openAlertsAreListedAndOthersOnRequest() {
        assertThat(ask(new AlertsCommand()).out()).contains("alert a").doesNotContain("alert b");
        assertThat(ask(new AlertsCommand(), "--all").out()).contains("alert a", "alert b");
        assertThat(ask(new AlertsCommand(), "--json").out().lines()).hasSize(2);
    }

    @Test
    void aDataDirectorySaysWhereThePipelineIs() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(
                data.resolve("outcomes.properties"),
                "bootstrap.servers=" + broker.bootstrapServers() + "\nregistry.url=" + REGISTRY + "\n");
        StringWriter out = new StringWriter();
        CommandLine line = new CommandLine(new CoursesCommand()).setOut(new PrintWriter(out, true));

        assertThat(line.execute("--data", data.toString(), "--json")).isZero();
        assertThat(out.toString().lines()).hasSize(2);
    }

    @Test
    void withoutAnAddressItIsAMistakeOfUse() {
        StringWriter err = new StringWriter();
        CommandLine line = new CommandLine(new CoursesCommand()).setErr(new PrintWriter(err, true));

        assertThat(line.execute()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("where is the pipeline? Give --data DIR");
    }

    @Test
    void aDirectoryWithoutAPipelineIsNamed() {
        Path empty = folder.resolve("nothing");
        CommandLine line = new CommandLine(new CoursesCommand());
        line.setExecutionExceptionHandler((fault, at, parsed) -> {
            assertThat(fault).isInstanceOf(Failure.class).hasMessageContaining("no pipeline has run in " + empty);
            return 1;
        });

        assertThat(line.execute("--data", empty.toString())).isEqualTo(1);
    }

    private static void send(Producer<String, SpecificRecord> producer, String topic, String key, SpecificRecord value)
            throws Exception {
        producer.send(new ProducerRecord<>(topic, key, value)).get(30, TimeUnit.SECONDS);
    }

    private record Answer(int status, String out) {}

    @Test
    void whoActsOnAnAlertIsToldWhatIsWrong() {
        assertThat(act("ack", "abc", "--actor", "dr-a")).startsWith("2 ").contains("at least 6 characters");
        assertThat(act("ack", "abcdef99")).startsWith("2 ").contains("--actor");
        assertThat(act("ack", "abcdef99", "--actor", "dr-a"))
                .startsWith("1 ")
                .contains("no alert abcdef99 in this pipeline")
                .doesNotContain("\tat ");
        assertThat(act("snooze", "abcdef99", "--actor", "dr-a", "--until", "soon"))
                .startsWith("2 ")
                .contains("--until: must be a span such as 12h");
        assertThat(act("resolve", "abcdef99", "--actor", "dr-a", "--code", "SOLVED"))
                .startsWith("2 ")
                .contains("must be one of REVIEWED_NO_CHANGE, TREATMENT_CHANGED");
    }

    /** Exit status and what was said about it. */
    private static String act(String... args) {
        StringWriter err = new StringWriter();
        CommandLine line = Outcomes.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err));
        String[] address = {"--bootstrap", broker.bootstrapServers(), "--registry", REGISTRY};
        String[] all = Stream.of(new String[] {"alerts"}, args, address)
                .flatMap(Arrays::stream)
                .toArray(String[]::new);
        return line.execute(all) + " " + err;
    }

    private static Answer ask(Object command, String... options) {
        StringWriter out = new StringWriter();
        CommandLine line = new CommandLine(command).setOut(new PrintWriter(out));
        String[] address = {"--bootstrap", broker.bootstrapServers(), "--registry", REGISTRY};
        String[] all = Stream.of(address, options).flatMap(Arrays::stream).toArray(String[]::new);
        int status = line.execute(all);
        return new Answer(status, out.toString());
    }

    private static NewTopic topic(String name) {
        return new NewTopic(name, Optional.of(2), Optional.empty());
    }

    private static RateRow rate(String clinic, String day, int started) {
        return RateRow.newBuilder()
                .setNetworkId("net")
                .setClinicId(clinic)
                .setTreatment("*")
                .setInstrument("phq9")
                .setEstimand(Estimand.PERIOD)
                .setWindow("P90D")
                .setDay(LocalDate.parse(day))
                .setStarted(started)
                .setEligible(started)
                .setMeasured(started - 1)
                .setPercentMeasured(100.0 * (started - 1) / started)
                .setRuleset("r1")
                .build();
    }

    private static CourseRow course(String clinic) {
        return CourseRow.newBuilder()
                .setNetworkId("net")
                .setClinicId(clinic)
                .setPatientKey("net.0123456789abcdef0123456789abcdef")
                .setTreatment("KETAMINE_IV")
                .setOrdinal(1)
                .setOpenedOn(LocalDate.parse("2025-01-02"))
                .setDoses(6)
                .setPhase(Phase.INDUCTION)
                .setConcurrent(List.of())
                .setInstrument("phq9")
                .setBaseline(20)
                .setLatest(3)
                .setStatus(CourseStatus.RESPONSE)
                .setRemission(true)
                .setEvaluable(true)
                .setRuleset("r1")
                .setVotes(List.of())
                .setContacts(List.of())
                .build();
    }

    private static MeasureRow measure(String clinic, @Nullable String patientKey, int denominator) {
        return MeasureRow.newBuilder()
                .setNetworkId("net")
                .setMeasure("cms159")
                .setVersion("2025")
                .setPeriod("2025")
                .setClinicId(clinic)
                .setPatientKey(patientKey)
                .setInitialPopulation(denominator)
                .setDenominator(denominator)
                .setExclusion(denominator < 8 ? 0 : 8)
                .setNumerator(8)
                .build();
    }

    private static AlertRow alert(String id, AlertState state) {
        return AlertRow.newBuilder()
                .setAlertId(id)
                .setNetworkId("net")
                .setRule("suicidality")
                .setRuleVersion("1")
                .setSeverity(Severity.HIGH)
                .setState(state)
                .setSubject("net.1")
                .setClinicId("C1")
                .setOpenedAt(Instant.parse("2025-02-01T10:00:00Z"))
                .setText("Please review promptly.")
                .setEvidence(List.of())
                .build();
    }
}
