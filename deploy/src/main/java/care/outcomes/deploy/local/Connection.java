package care.outcomes.deploy.local;

import care.outcomes.deploy.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Properties;

/**
 * How the other commands find a pipeline that {@code up} or {@code demo} started: {@code outcomes.properties} in its data
 * directory.
 *
 * @param bootstrapServers {@code host:port} of the broker
 * @param registryUrl Confluent API of the registry
 * @param networkId network whose facts the pipeline takes
 * @param zone zone of the network, in which its days begin
 * @param keyFile file of the pseudonym key
 */
public record Connection(String bootstrapServers, String registryUrl, String networkId, ZoneId zone, Path keyFile) {
    private static final String FILE = "outcomes.properties";

    /** Whether the directory ever held a pipeline. */
    public static boolean existsIn(Path directory) {
        return Files.exists(directory.resolve(FILE));
    }

    /**
     * Reads the connection of a data directory.
     *
     * @throws Failure when there is none or a key of it is missing
     */
    public static Connection read(Path directory) {
        Path file = directory.resolve(FILE);
        if (!existsIn(directory)) {
            throw new Failure("no pipeline was ever started in " + directory + ": it has no " + FILE);
        }
        Properties properties = new Properties();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new Failure(file + " cannot be read: " + e.getMessage(), e);
        }
        return new Connection(
                required(file, properties, "bootstrap.servers"),
                required(file, properties, "registry.url"),
                required(file, properties, "network"),
                zone(file, required(file, properties, "zone")),
                Path.of(required(file, properties, "key.file")));
    }

    /** Writes it whole or not at all, so that a reader never sees half of it. */
    public void write(Path directory) {
        String text = String.join(
                "\n",
                List.of(
                        "bootstrap.servers=" + escaped(bootstrapServers),
                        "registry.url=" + escaped(registryUrl),
                        "network=" + escaped(networkId),
                        "zone=" + zone,
                        "key.file=" + escaped(keyFile.toAbsolutePath().toString()),
                        ""));
        Path file = directory.resolve(FILE);
        Path draft = directory.resolve(FILE + ".new");
        try {
            Files.writeString(draft, text, StandardCharsets.UTF_8);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Failure(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static String required(Path file, Properties properties, String key) {
        String value = properties.getProperty(key, "").strip();
        if (value.isEmpty()) {
            throw new Failure(file + " has no " + key);
        }
        return value;
    }

    private static ZoneId zone(Path file, String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new Failure(file + ": zone: no such time zone: " + text, e);
        }
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\");
    }
}
