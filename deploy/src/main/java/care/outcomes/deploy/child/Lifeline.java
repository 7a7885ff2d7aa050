package care.outcomes.deploy.child;

import care.outcomes.deploy.Failure;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The child's side of {@link ChildJvm}: it lives as long as its standard input stays open. That end comes with any end
 * of the parent, {@code kill -9} included, without polling and without process ids that may be used again.
 */
public final class Lifeline {
    static final String READY = "READY";
    static final String FAILED = "FAILED ";

    private static final Duration PREDECESSOR = Duration.ofSeconds(30);
    private static final Duration ORDERLY_END = Duration.ofSeconds(10);

    private Lifeline() {}

    /**
     * Starts the part, tells the parent, and ends this JVM with the parent. Returns never.
     *
     * @param lock a file that one child at a time may hold; a predecessor whose parent was killed gets time to end
     * @param part starts what this child is for, and gives what closes it
     */
    public static void hold(Path lock, Callable<? extends AutoCloseable> part) {
        PrintStream parent = System.out;
        // The parent reads one word from standard output; whatever else prints goes to the log.
        System.setOut(System.err);
        Thread watch = new Thread(Lifeline::endWithParent, "lifeline");
        watch.setDaemon(true);
        watch.start();
        try {
            FileLock held = acquire(lock);
            AutoCloseable running = part.call();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(running, held), "close"));
            parent.println(READY);
            parent.flush();
            watch.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Failure e) {
            parent.println(FAILED + oneLine(e.getMessage()));
        } catch (Exception e) {
            e.printStackTrace();
            parent.println(FAILED + oneLine(e.toString()));
        }
        parent.flush();
        System.exit(1);
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            // As good as closed.
        }
        Thread deadline = new Thread(Lifeline::haltAfterDeadline, "deadline");
        deadline.setDaemon(true);
        deadline.start();
        System.exit(0);
    }

    private static void haltAfterDeadline() {
        try {
            TimeUnit.MILLISECONDS.sleep(ORDERLY_END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    private static FileLock acquire(Path file) throws IOException, InterruptedException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long deadline = System.nanoTime() + PREDECESSOR.toNanos();
        FileLock lock = channel.tryLock();
        while (lock == null && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(100);
            lock = channel.tryLock();
        }
        if (lock == null) {
            channel.close();
            throw new Failure("another process still holds " + file);
        }
        return lock;
    }

    private static void close(AutoCloseable running, FileLock held) {
        try (held) {
            running.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "unknown fault" : text.replaceAll("\\s+", " ");
    }
}
