package care.outcomes.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import care.outcomes.deploy.Outcomes;
import care.outcomes.deploy.local.Connection;
import care.outcomes.deploy.output.SinkReader;
import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code outcomes up} as its user has it: a process of its own, which can be killed. */
final class Up {

    static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Process process;

    private Up(Process process) {
        this.process = process;
    }

    /** Starts it and returns when it is live. */
    static Up start(Path data, Path said, String... options) throws IOException {
        List<String> args = new ArrayList<>(List.of("up", "--data", data.toString()));
        args.addAll(List.of(options));
        Process process = launch(said, args);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(process.isAlive()).as("%s", Files.readString(said)).isTrue();
            assertThat(said).content().contains("live;");
        });
        return new Up(process);
    }

    /** Starts any command in a process of its own. */
    static Process launch(Path said, List<String> args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                Outcomes.class.getName()));
        command.addAll(args);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }

    /** What the pipeline of a data directory has published. */
    static SinkReader sinks(Path data) {
        Connection at = Connection.read(data);
        return SinkReader.connect(
                Map.of("bootstrap.servers", at.bootstrapServers()),
                new AvroSerdes(SchemaRegistry.connect(at.registryUrl()), false).deserializer());
    }

    /** The broker and the registry. */
    List<ProcessHandle> children() {
        return process.children().toList();
    }

    /** SIGKILL: nothing of it gets to tidy up. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGKILL, and waits until its children have seen it, who write into the directory until then. */
    void killAndAwaitChildren() throws InterruptedException {
        List<ProcessHandle> children = children();
        kill();
        await().atMost(PATIENCE).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** An orderly end, as by Ctrl-C or a service manager. */
    boolean end() throws InterruptedException {
        process.destroy();
        return process.waitFor(60, TimeUnit.SECONDS);
    }
}
