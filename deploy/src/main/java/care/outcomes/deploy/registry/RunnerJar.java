package care.outcomes.deploy.registry;

import care.outcomes.deploy.Failure;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * Runs a server program that is on the class path as an executable jar would, inside this JVM. It uses the JDK only:
 * the program's libraries are not ours.
 */
final class RunnerJar {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private RunnerJar() {}

    /**
     * Starts the jar's main class and returns when its address answers. The program ends by its own shutdown hooks.
     *
     * @throws Failure when it ends early or does not answer in time
     */
    static AutoCloseable start(Path jar, URI address) throws IOException, ReflectiveOperationException {
        Method main = mainOf(jar);
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread program = new Thread(() -> run(main, ended), "program");
        program.setDaemon(true);
        program.start();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(address)) {
            if (ended.isDone() || System.nanoTime() > deadline) {
                throw new Failure("the registry did not answer at " + address + "; its log says why");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Failure("interrupted", e);
            }
        }
        return () -> {};
    }

    private static Method mainOf(Path jar) throws IOException, ReflectiveOperationException {
        try (JarFile file = new JarFile(jar.toFile())) {
            String name = file.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
            return Class.forName(name).getMethod("main", String[].class);
        }
    }

    private static void run(Method main, CompletableFuture<Void> ended) {
        try {
            main.invoke(null, (Object) new String[0]);
        } catch (ReflectiveOperationException e) {
            // Of no use to a caller who waits for an answer; as the thread's last word it reaches the log.
            throw new IllegalStateException(e);
        } finally {
            ended.complete(null);
        }
    }

    private static boolean answers(URI address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(1000);
        connection.setReadTimeout(5000);
        try {
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        } finally {
            connection.disconnect();
        }
    }
}
