package care.outcomes.deploy.registry;

import care.outcomes.deploy.Failure;
import care.outcomes.deploy.Ports;
import care.outcomes.deploy.child.ChildJvm;
import care.outcomes.deploy.child.Lifeline;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Apicurio Registry, speaking the Confluent API, in a JVM of its own on loopback. It keeps its schemas in one H2 file,
 * so ids stay the same over restarts.
 */
public final class RegistryProcess {
    private RegistryProcess() {}

    /** Where clients of the Confluent API connect. */
    public static String url(int port) {
        return "http://" + Ports.LOOPBACK + ":" + port + "/apis/ccompat/v7";
    }

    /**
     * Starts the child; it is usable when the result {@linkplain ChildJvm#awaitReady is ready}.
     *
     * @param directory where the schemas are kept
     * @param port a port that is free
     * @param log where the child writes what it has to say
     */
    public static ChildJvm start(Path directory, int port, Path log) {
        Path program = program();
        return ChildJvm.start(new ChildJvm.Spec(
                "registry",
                RegistryProcess.class,
                ownClasses() + File.pathSeparator + program,
                List.of("-Xmx256m", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"),
                Map.ofEntries(
                        Map.entry("QUARKUS_HTTP_HOST", Ports.LOOPBACK),
                        Map.entry("QUARKUS_HTTP_PORT", Integer.toString(port)),
                        // Else it listens on every interface.
                        Map.entry("QUARKUS_MANAGEMENT_HOST", Ports.LOOPBACK),
                        Map.entry("QUARKUS_MANAGEMENT_PORT", "0"),
                        Map.entry("QUARKUS_HTTP_ACCESS_LOG_ENABLED", "false"),
                        Map.entry("APICURIO_STORAGE_KIND", "sql"),
                        Map.entry("APICURIO_STORAGE_SQL_KIND", "h2"),
                        // H2 holds writes back for a second otherwise; an id given out must survive a crash.
                        Map.entry(
                                "APICURIO_DATASOURCE_URL",
                                "jdbc:h2:file:" + directory.toAbsolutePath().resolve("registry") + ";WRITE_DELAY=0")),
                List.of(directory.toString(), Integer.toString(port), program.toString()),
                log));
    }

    /** The child: {@code <directory> <port> <program jar>}. */
    public static void main(String[] args) {
        Path directory = Path.of(args[0]);
        int port = Integer.parseInt(args[1]);
        Lifeline.hold(directory.resolveSibling("registry.lock"), () -> {
            Files.createDirectories(directory);
            Ports.claim(port, "registry");
            return RunnerJar.start(Path.of(args[2]), URI.create(url(port) + "/subjects"));
        });
    }

    /** The build puts the registry's distribution beside our own classes. */
    private static Path program() {
        Path home = ownClasses().resolveSibling("registry");
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(home, "*-runner.jar")) {
            for (Path jar : jars) {
                return jar;
            }
        } catch (IOException e) {
            throw new Failure("the registry is not unpacked in " + home + "; build the project first", e);
        }
        throw new Failure("no registry program in " + home + "; build the project first");
    }

    private static Path ownClasses() {
        try {
            return Path.of(RegistryProcess.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
