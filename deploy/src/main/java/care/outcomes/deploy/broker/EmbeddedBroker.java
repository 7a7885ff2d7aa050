package care.outcomes.deploy.broker;

import care.outcomes.deploy.Failure;
import care.outcomes.deploy.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One genuine Kafka server (KRaft, broker and controller in one) in this JVM, on loopback only. What it holds stays in
 * its directory and is there again after a restart. A fatal fault of the server halts the JVM, so a pipeline meant to
 * last runs it in a {@link BrokerProcess}.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String CONTROLLER = "CONTROLLER";

    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private EmbeddedBroker(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts a broker and returns when it takes connections.
     *
     * @param directory where its data lives; made and formatted when new
     * @param port where clients connect; 0 takes any free one
     * @throws Failure when the port is taken or the directory is in use or unreadable
     */
    public static EmbeddedBroker start(Path directory, int port) {
        int claimed = Ports.claim(port, "broker");
        format(directory);
        KafkaRaftServer server = null;
        try {
            server = new KafkaRaftServer(new KafkaConfig(settings(directory, claimed), false), Time.SYSTEM);
            server.startup();
        } catch (KafkaException e) {
            if (server != null) {
                server.shutdown();
            }
            throw new Failure("the broker could not start in " + directory + ": " + e.getMessage(), e);
        }
        return new EmbeddedBroker(server, Ports.LOOPBACK + ":" + claimed);
    }

    /** {@code host:port} for clients. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Stops cleanly: what was acknowledged is on disk. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path directory) {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(directory);
            new Formatter()
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(CONTROLLER)
                    .addDirectory(directory.toString())
                    .setMetadataLogDirectory(directory.toString())
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), true))
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new Failure("the broker could not format " + directory + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, String> settings(Path directory, int port) {
        int controller = Ports.free();
        String client = "PLAINTEXT://" + Ports.LOOPBACK + ":" + port;
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@" + Ports.LOOPBACK + ":" + controller),
                Map.entry("controller.listener.names", CONTROLLER),
                Map.entry("listeners", client + "," + CONTROLLER + "://" + Ports.LOOPBACK + ":" + controller),
                Map.entry("advertised.listeners", client),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                Map.entry("log.dirs", directory.toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("group.streams.initial.rebalance.delay.ms", "0"),
                // A restart after a crash waits for the old registration to expire; the default is 9 s.
                Map.entry("broker.session.timeout.ms", "3000"),
                Map.entry("broker.heartbeat.interval.ms", "500"),
                // A pipeline left off for months must go on where it stopped.
                Map.entry("offsets.retention.minutes", "52560000"),
                // The default reserves 128 MB of heap.
                Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"));
    }
}
