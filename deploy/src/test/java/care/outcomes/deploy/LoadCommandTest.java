package care.outcomes.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.deploy.broker.EmbeddedBroker;
import care.outcomes.deploy.child.ChildJvm;
import care.outcomes.deploy.local.Provision;
import care.outcomes.deploy.registry.RegistryProcess;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.Topics;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LoadCommandTest {
    private static final int PARTITIONS = 2;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    private Path files = Path.of("");

    @BeforeEach
    void twoFilesAndAForeignOne() throws Exception {
        files = Files.createDirectories(directory.resolve("files"));
        Files.writeString(files.resolve("scores.csv"), """
                clinic,patient,instrument,assessed_at,total
                C1,4711,phq9,2025-03-01,19
                C1,4711,phq9,2025-03-15,300
                """);
        Files.writeString(files.resolve("doses.csv"), """
                clinic,patient,treatment,administered_at
                C1,4711,KETAMINE_IV,2025-03-01
                """);
        Files.writeString(files.resolve("minutes.txt"), "of the last meeting");
    }

    @Test
    void aCheckCountsAndShowsRejectionsAndNeedsNoPipeline() throws Exception {
        assertThat(outcomes("load", files.toString(), "--check", "--json")).isZero();
        JsonNode counts = new ObjectMapper().readTree(out.toString());
        assertThat(counts.get("read").asInt()).isEqualTo(3);
        assertThat(counts.get("used").asInt()).isEqualTo(2);
        assertThat(counts.get("rejected").get("TOTAL_OUT_OF_RANGE").asInt()).isEqualTo(1);
        assertThat(counts.get("skippedFiles").get(0).asText()).isEqualTo("minutes.txt");
        assertThat(err.toString()).contains("scores.csv:3: total: TOTAL_OUT_OF_RANGE (300)");
    }

    @Test
    void factsAndRejectionsReachTheirTopics() throws Exception {
        int port = Ports.free();
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
                ChildJvm registry =
                        RegistryProcess.start(directory.resolve("registry"), port, directory.resolve("registry.log"))) {
            registry.awaitReady(Duration.ofMinutes(3));
            Topics topics = Topics.load();
            Provision.topics(topics, broker.bootstrapServers(), PARTITIONS);
            try (SchemaRegistry schemas = SchemaRegistry.connect(RegistryProcess.url(port))) {
                Provision.schemas(topics, schemas);
            }
            int status = outcomes(
                    "load",
                    files.toString(),
                    "--bootstrap",
                    broker.bootstrapServers(),
                    "--registry",
                    RegistryProcess.url(port),
                    "--key",
                    directory.resolve("key").toString());
            assertThat(status).as(err.toString()).isZero();
            assertThat(records(broker, Topics.SCORE)).isEqualTo(1);
            assertThat(records(broker, Topics.DOSE)).isEqualTo(1);
            assertThat(records(broker, Topics.REJECTED)).isEqualTo(1);
        }
    }

    @Test
    void aPipelineThatIsNotThereIsAFailureInWords() {
        int status = outcomes(
                "load",
                files.toString(),
                "--bootstrap",
                Ports.LOOPBACK + ":" + Ports.free(),
                "--registry",
                "http://127.0.0.1:1/",
                "--key",
                directory.resolve("key").toString());
        assertThat(status).isEqualTo(1);
        assertThat(err.toString()).contains("no Kafka broker answers").doesNotContain("\tat ");
    }

    @Test
    void mistakesOfUsage() {
        assertThat(outcomes("load")).isEqualTo(2);
        assertThat(outcomes("load", files.toString())).isEqualTo(2);
        assertThat(outcomes("load", files.resolve("absent").toString(), "--check"))
                .isEqualTo(2);
        assertThat(outcomes("load", files.toString(), "--check", "--zone", "Mars/Olympus"))
                .isEqualTo(2);
        assertThat(outcomes("load", files.toString(), "--check", "--treatment", "TEA"))
                .isEqualTo(2);
        assertThat(outcomes("load", files.toString(), "--check", "--network", "a.b"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("where to?", "no such file", "Mars/Olympus", "no treatment 'TEA'", "--network:")
                .doesNotContain("\tat ");
    }

    private int outcomes(String... args) {
        CommandLine line = Outcomes.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(args);
    }

    private static long records(EmbeddedBroker broker, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            long records = 0;
            for (TopicPartition partition : partitions) {
                records += admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                        .partitionResult(partition)
                        .get(30, TimeUnit.SECONDS)
                        .offset();
            }
            return records;
        }
    }
}
