package care.outcomes.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.deploy.Outcomes;
import care.outcomes.deploy.local.Connection;
import care.outcomes.deploy.output.SinkReader;
import care.outcomes.ingest.simulate.SimulateFiles;
import care.outcomes.ingest.simulate.Simulation;
import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.schemas.record.ReferenceCurve;
import care.outcomes.schemas.record.ReferenceRow;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A load into a pipeline that is killed again and again comes out as if nothing had happened, and where it had not, the
 * audit would say so. {@code -Daudit.patients=200000} makes it as large as one likes.
 */
class AuditTest {

    private static final int PATIENTS = Integer.getInteger("audit.patients", 60);
    private static final int KILLS = Integer.getInteger("audit.kills", 1);
    private static final int SIZE_OF_A_STEP = 20_000;
    private static final Duration PATIENCE = Duration.ofMinutes(4L + PATIENTS / 1_000);
    /** Into a load, the start of its process included. */
    private static final Duration KILL_AFTER = Duration.ofMillis(3_500);

    /** Nobody waits for anything beside the load. */
    private static final String HEADWAY = "1000000";

    private static final LocalDate LAST_DAY = LocalDate.of(2025, 6, 30);

    /** Few patients over a short time make as much trouble as many, in less. */
    private static final int MONTHS = PATIENTS < 1_000 ? 4 : 24;

    @TempDir
    Path temp = Path.of(".");

    private @Nullable Up running;

    @AfterEach
    void endWhatIsLeft() throws InterruptedException {
        if (running != null) {
            running.killAndAwaitChildren();
        }
    }

    @Test
    void aCrashRiddenLoadAuditsCleanAndAPlantedDifferenceIsFound() throws Exception {
        Path network = temp.resolve("network");
        int clinics = Math.max(4, PATIENTS / SIZE_OF_A_STEP);
        new SimulateFiles(new Simulation(7, clinics, PATIENTS, LAST_DAY.minusMonths(MONTHS), LAST_DAY)).write(network);
        Path data = temp.resolve("data");
        Up up = start(data, 0);

        List<Path> steps = clinics(network);
        for (int step = 0; step < steps.size(); step++) {
            Path clinic = steps.get(step);
            if (step < KILLS) {
                Process load = Up.launch(
                        temp.resolve("load-" + step + ".txt"),
                        List.of("load", clinic.toString(), "--data", data.toString(), "--headway", HEADWAY));
                // Until some of it has arrived, or all of a small one.
                var unused = load.waitFor(KILL_AFTER.toMillis(), TimeUnit.MILLISECONDS);
                up.killAndAwaitChildren();
                load.destroyForcibly().waitFor();
                up = start(data, step + 1);
            }
            assertThat(load(clinic, data)).isZero();
        }

        JsonNode clean = audit(data, PATIENCE, 0);
        assertThat(clean.path("patients").asInt()).isGreaterThan(PATIENTS / 2);
        assertThat(clean.path("counts").asLong()).isGreaterThan(5_000);

        String row = plant(Connection.read(data));
        assertThat(audit(data, Duration.ofSeconds(10), 1).path("differences"))
                .singleElement()
                .satisfies(difference -> {
                    assertThat(difference.path("row").asText()).isEqualTo(row);
                    assertThat(difference.path("field").asText()).isEqualTo("measured");
                });

        String reference = plantCurve(Connection.read(data));
        assertThat(audit(data, Duration.ofSeconds(10), 1).path("differences"))
                .hasSize(2)
                .anySatisfy(difference -> {
                    assertThat(difference.path("row").asText()).isEqualTo(reference);
                    assertThat(difference.path("field").asText()).isEqualTo("band 3 dose 2");
                });
    }

    private Up start(Path data, int number) throws IOException {
        String[] first = {
            "--network",
            "audit",
            "--key",
            temp.resolve("network.key").toString(),
            "--broker-port",
            "0",
            "--registry-port",
            "0"
        };
        Up up = Up.start(data, temp.resolve("up-" + number + ".txt"), number == 0 ? first : new String[0]);
        running = up;
        return up;
    }

    private static List<Path> clinics(Path network) throws IOException {
        try (Stream<Path> clinics = Files.list(network.resolve("clinics"))) {
            return clinics.sorted().toList();
        }
    }

    private static int load(Path clinic, Path data) {
        return outcomes(new ArrayList<>(), "load", clinic.toString(), "--data", data.toString(), "--headway", HEADWAY);
    }

    private static JsonNode audit(Path data, Duration wait, int status) throws IOException {
        List<String> said = new ArrayList<>();
        assertThat(outcomes(said, "audit", "--data", data.toString(), "--json", "--wait", wait.toString()))
                .as("%s", said)
                .isEqualTo(status);
        return new ObjectMapper().readTree(said.get(0));
    }

    private static int outcomes(List<String> said, String... args) {
        StringWriter out = new StringWriter();
        int status = Outcomes.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(args);
        said.add(out.toString());
        return status;
    }

    /** Publishes a reference of a month without courses that expects a course all the same; gives its key. */
    private static String plantCurve(Connection to) throws Exception {
        ReferenceRow row = new ReferenceRow();
        row.setNetworkId("audit");
        row.setTreatment("KETAMINE_IV");
        row.setInstrument("phq9");
        row.setMonth("2020-01");
        row.setHorizons(List.of());
        row.setCurves(List.of(new ReferenceCurve(3, 2, 30, 10.0, 20.0, 30.0, 40.0, 50.0)));
        row.setRuleset("planted");
        row.setComputedAt(Instant.now());
        String key = "audit·KETAMINE_IV·phq9·2020-01";
        try (SchemaRegistry registry = SchemaRegistry.connect(to.registryUrl());
                KafkaProducer<String, SpecificRecord> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", to.bootstrapServers()),
                        new StringSerializer(),
                        new AvroSerdes(registry, false).serializer())) {
            producer.send(new ProducerRecord<>(Topics.REFERENCE, key, row)).get();
        }
        return key;
    }

    /** Publishes a rate row that says one more was measured than was; gives its key. */
    private static String plant(Connection to) throws Exception {
        try (SchemaRegistry registry = SchemaRegistry.connect(to.registryUrl())) {
            AvroSerdes serdes = new AvroSerdes(registry, false);
            Map<String, Object> client = Map.of("bootstrap.servers", to.bootstrapServers());
            try (var sinks = SinkReader.connect(client, serdes.deserializer());
                    KafkaProducer<String, SpecificRecord> producer =
                            new KafkaProducer<>(client, new StringSerializer(), serdes.serializer())) {
                Map.Entry<String, RateRow> any = sinks.latest(Topics.RATE, RateRow.class).entrySet().stream()
                        .filter(row -> row.getValue().getMeasured() > 1)
                        .findFirst()
                        .orElseThrow();
                any.getValue().setMeasured(any.getValue().getMeasured() + 1);
                producer.send(new ProducerRecord<>(Topics.RATE, any.getKey(), any.getValue()))
                        .get();
                return any.getKey();
            }
        }
    }
}
