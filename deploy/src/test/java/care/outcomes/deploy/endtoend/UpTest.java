package care.outcomes.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lasting pipeline as its user has it: a process, killed and started again. */
class UpTest {
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
    void loadHalfKillAndLoadTheRestGivesWhatABatchGives() throws Exception {
        Path data = temp.resolve("data");
        Path key = temp.resolve("network.key");
        Path scores = Run.resource("antidepressant-trial/scores.csv");
        Path doses = Run.resource("antidepressant-trial/doses.csv");

        running = Up.start(
                data,
                temp.resolve("first.txt"),
                "--network",
                "trial",
                "--key",
                key.toString(),
                "--broker-port",
                "0",
                "--registry-port",
                "0");
        anotherIsRefused(data);
        load(scores, data);
        List<ProcessHandle> children = running.children();
        assertThat(children).hasSize(2);
        running.kill();

        running = Up.start(data, temp.resolve("second.txt"));
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        load(doses, data);
        load(doses, data);

        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Run batch = Run.of(
                Run.resource("antidepressant-trial"),
                temp.resolve("batch"),
                key,
                "--network",
                "trial",
                "--zone",
                "UTC",
                "--as-of",
                today.toString());
        await().atMost(Up.PATIENCE)
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(
                        () -> assertThat(Run.comparable(Cli.outcomes("courses", "--data", data.toString(), "--json")))
                                .isEqualTo(batch.comparable("courses.ndjson")));
        await().atMost(Up.PATIENCE)
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(Run.comparable(
                                Cli.outcomes("rates", "--data", data.toString(), "--json", "--day", today.toString())))
                        .isEqualTo(batch.comparable("rates.ndjson")));

        // An orderly end, as by Ctrl-C or a service manager, takes the children along.
        List<ProcessHandle> last = running.children();
        assertThat(running.end()).isTrue();
        assertThat(last).noneMatch(ProcessHandle::isAlive);
        assertThat(temp.resolve("second.txt")).content().contains("stopping").doesNotContain("\tat ");
    }

    private void anotherIsRefused(Path data) throws Exception {
        Path said = temp.resolve("other.txt");
        Process other = Up.launch(said, List.of("up", "--data", data.toString()));
        assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(other.exitValue()).isEqualTo(1);
        assertThat(said).content().contains("in use by another pipeline").doesNotContain("\tat ");
    }

    private static void load(Path file, Path data) {
        Cli.outcomes("load", file.toString(), "--data", data.toString());
    }
}
