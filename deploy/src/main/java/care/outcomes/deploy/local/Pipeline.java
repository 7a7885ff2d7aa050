package care.outcomes.deploy.local;

import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.Topics;
import care.outcomes.streams.topology.HorizonMode;
import care.outcomes.streams.topology.Worker;
import care.outcomes.streams.topology.WorkerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A live pipeline over a data directory: broker and registry as children, the topology in this JVM. */
public final class Pipeline implements AutoCloseable {
    /** Application id of its workers. */
    public static final String APPLICATION = "outcomes";

    private static final Duration SETTLE = Duration.ofSeconds(60);

    private final Backbone backbone;
    private final SchemaRegistry registry;
    private final Worker worker;
    private final Connection connection;
    private final CompletableFuture<String> backboneEnded;

    /**
     * How a pipeline is set up.
     *
     * @param networkId network whose facts it takes
     * @param zone zone of the network, in which its days begin
     * @param keyFile pseudonym key that its intakes use
     * @param partitions partitions of topics it has to make
     * @param brokerPort port of the broker; 0 for any free one
     * @param registryPort port of the registry; 0 for any free one
     */
    public record Settings(
            String networkId, ZoneId zone, Path keyFile, int partitions, int brokerPort, int registryPort) {}

    private Pipeline(Backbone backbone, SchemaRegistry registry, Worker worker, Connection connection) {
        this.backbone = backbone;
        this.registry = registry;
        this.worker = worker;
        this.connection = connection;
        this.backboneEnded = backbone.ended();
    }

    /**
     * Starts every part and leaves word in the directory where it can be found.
     *
     * @throws care.outcomes.deploy.Failure when a part cannot start; the others are ended
     */
    public static Pipeline start(DataDirectory data, Settings settings) {
        Backbone backbone = Backbone.start(data, settings.brokerPort(), settings.registryPort());
        try {
            Topics topics = Topics.load();
            Provision.topics(topics, backbone.bootstrapServers(), settings.partitions());
            SchemaRegistry registry = SchemaRegistry.connect(backbone.registryUrl());
            Provision.schemas(topics, registry);
            Worker worker = new Worker(config(data, settings, backbone), registry);
            worker.start();
            Connection connection = new Connection(
                    backbone.bootstrapServers(),
                    backbone.registryUrl(),
                    settings.networkId(),
                    settings.zone(),
                    settings.keyFile());
            connection.write(data.root());
            return new Pipeline(backbone, registry, worker, connection);
        } catch (RuntimeException e) {
            backbone.close();
            throw e;
        }
    }

    /** How to reach it. */
    public Connection connection() {
        return connection;
    }

    /** Its topology. */
    public Worker worker() {
        return worker;
    }

    /** What has gone wrong, when a part ended unasked; empty while all is well. */
    public Optional<String> fault() {
        String backboneFault = backboneEnded.getNow("");
        if (!backboneFault.isEmpty()) {
            return Optional.of(backboneFault);
        }
        if (worker.running()) {
            return Optional.empty();
        }
        return Optional.of("the topology ended: "
                + worker.failure().map(Throwable::toString).orElse("no reason given"));
    }

    /** Stops the topology first, which commits what it has done, then what it stands on. */
    @Override
    public void close() {
        try (backbone;
                registry) {
            worker.close();
        }
    }

    private static WorkerConfig config(DataDirectory data, Settings settings, Backbone backbone) {
        int threads = Math.min(Runtime.getRuntime().availableProcessors(), settings.partitions());
        return new WorkerConfig(
                backbone.bootstrapServers(),
                APPLICATION,
                "local",
                data.state(),
                threads,
                settings.networkId(),
                HorizonMode.live(),
                SETTLE,
                settings.zone());
    }
}
