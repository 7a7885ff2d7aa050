package care.outcomes.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.streams.notify.PlanFile;
import care.outcomes.streams.notify.run.Notifier;
import care.outcomes.streams.notify.run.NotifierSettings;
import care.outcomes.streams.topology.HorizonMode;
import care.outcomes.streams.topology.Worker;
import care.outcomes.streams.topology.WorkerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/** A worker and a notifier in one process, so that a kill takes both at the same instant. */
final class Workplace {
    private static final Duration SETTLE = Duration.ofSeconds(1);

    private final Process process;
    private final Path said;

    private Workplace(Process process, Path said) {
        this.process = process;
        this.said = said;
    }

    /** Starts it. */
    static Workplace start(String bootstrapServers, String registryUrl, Path stateDir, Path plan, Path said)
            throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                Workplace.class.getName(),
                bootstrapServers,
                registryUrl,
                stateDir.toString(),
                plan.toString());
        return new Workplace(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start(),
                said);
    }

    /** How a worker on one node is set up. */
    static WorkerConfig config(String bootstrapServers, Path stateDir) {
        return new WorkerConfig(
                bootstrapServers, "outcomes", "1", stateDir, 2, "sim", HorizonMode.live(), SETTLE, ZoneOffset.UTC);
    }

    /** Waits until both have started. */
    void awaitStarted() {
        await().atMost(Up.PATIENCE).untilAsserted(() -> {
            assertAlive();
            assertThat(said).content().contains("started");
        });
    }

    /** Fails where it has ended by itself. */
    void assertAlive() throws IOException {
        assertThat(process.isAlive()).as("%s", Files.readString(said)).isTrue();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** What runs in the process. It ends with its parent. */
    public static void main(String[] args) throws IOException {
        SchemaRegistry registry = SchemaRegistry.connect(args[1]);
        Worker worker = new Worker(config(args[0], Path.of(args[2])), registry);
        worker.start();
        Notifier notifier = new Notifier(
                new NotifierSettings(args[0], NotifierSettings.GROUP, "1", false),
                PlanFile.read(Path.of(args[3])),
                registry);
        notifier.start();
        System.out.println("started");
        int end = System.in.read();
        System.exit(end < 0 ? 0 : 1);
    }
}
