package care.outcomes.deploy.child;

import care.outcomes.deploy.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A child JVM, seen from the parent. The parent holds the write end of the child's standard input and never writes:
 * its closing, by {@link #close} or by the death of the parent in any way, ends the child (see {@link Lifeline}).
 */
public final class ChildJvm implements AutoCloseable {
    private static final Duration STOPPING = Duration.ofSeconds(15);

    private final Spec spec;
    private final Process process;
    private final CompletableFuture<@Nullable String> firstLine;

    /** What to start. */
    public record Spec(
            String name,
            Class<?> main,
            String classPath,
            List<String> jvmOptions,
            Map<String, String> environment,
            List<String> arguments,
            Path log) {}

    private ChildJvm(Spec spec, Process process) {
        this.spec = spec;
        this.process = process;
        this.firstLine = new CompletableFuture<>();
        Thread reader = new Thread(this::readFirstLine, spec.name() + "-ready");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts the JVM and returns at once. */
    public static ChildJvm start(Spec spec) {
        List<String> command = new ArrayList<>();
        // Ctrl-C in a terminal and a stop of a service reach every process of the group; the children must outlast
        // their parent's orderly close, so they ignore what they get and follow their parent only.
        command.addAll(List.of("/bin/sh", "-c", "trap '' INT TERM HUP; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(spec.jvmOptions());
        command.addAll(List.of("-cp", spec.classPath(), spec.main().getName()));
        command.addAll(spec.arguments());
        try {
            Files.createDirectories(spec.log().toAbsolutePath().getParent());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
            builder.environment().putAll(spec.environment());
            return new ChildJvm(spec, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("the " + spec.name() + " could not be started", e);
        }
    }

    /**
     * Waits until the child has said that it is up.
     *
     * @throws Failure with the child's own reason when it could not start, or when it takes too long
     */
    public ChildJvm awaitReady(Duration patience) {
        String line;
        try {
            line = firstLine.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            close();
            throw failed("took longer than " + patience.toSeconds() + " s to start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw failed("was interrupted", e);
        } catch (ExecutionException e) {
            close();
            throw failed("could not be heard", e);
        }
        if (Lifeline.READY.equals(line)) {
            return this;
        }
        close();
        if (line != null && line.startsWith(Lifeline.FAILED)) {
            throw new Failure(line.substring(Lifeline.FAILED.length()));
        }
        throw failed("ended while starting", null);
    }

    /** Completes with the exit status when the child has ended, whatever the cause. */
    public CompletableFuture<Integer> ended() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** The child's process id. */
    public long pid() {
        return process.pid();
    }

    /** What it was started as, with its log file, for messages. */
    @Override
    public String toString() {
        return "the " + spec.name() + " (its log: " + spec.log() + ")";
    }

    /** Lets go of the child, waits for its orderly end, and ends it by force when that does not come. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // Already gone; the wait below sees it.
        }
        try {
            if (!process.waitFor(STOPPING.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private Failure failed(String what, @Nullable Throwable cause) {
        String message = this + " " + what;
        return cause == null ? new Failure(message) : new Failure(message, cause);
    }

    private void readFirstLine() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            firstLine.complete(output.readLine());
            // The pipe must stay drained; nothing more is expected.
            while (output.readLine() != null) {}
        } catch (IOException e) {
            firstLine.completeExceptionally(e);
        }
    }
}
