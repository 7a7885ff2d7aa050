package care.outcomes.deploy.local;

import care.outcomes.deploy.Ports;
import care.outcomes.deploy.broker.BrokerProcess;
import care.outcomes.deploy.child.ChildJvm;
import care.outcomes.deploy.registry.RegistryProcess;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The two servers that a pipeline stands on, each in a child JVM of its own, started side by side. */
public final class Backbone implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ChildJvm broker;
    private final ChildJvm registry;
    private final String bootstrapServers;
    private final String registryUrl;

    private Backbone(ChildJvm broker, ChildJvm registry, String bootstrapServers, String registryUrl) {
        this.broker = broker;
        this.registry = registry;
        this.bootstrapServers = bootstrapServers;
        this.registryUrl = registryUrl;
    }

    /**
     * Starts both and returns when both answer.
     *
     * @param brokerPort port of the broker; 0 for any free one
     * @param registryPort port of the registry; 0 for any free one
     * @throws care.outcomes.deploy.Failure when one cannot start; the other is ended
     */
    public static Backbone start(DataDirectory data, int brokerPort, int registryPort) {
        // A wanted port is checked by the child, which lets a predecessor end first.
        int brokerAt = brokerPort == 0 ? Ports.free() : brokerPort;
        int registryAt = registryPort == 0 ? Ports.free() : registryPort;
        ChildJvm broker = BrokerProcess.start(data.broker(), brokerAt, data.log("broker"));
        ChildJvm registry = RegistryProcess.start(data.registry(), registryAt, data.log("registry"));
        try {
            broker.awaitReady(PATIENCE);
            registry.awaitReady(PATIENCE);
        } catch (RuntimeException e) {
            registry.close();
            broker.close();
            throw e;
        }
        return new Backbone(broker, registry, Ports.LOOPBACK + ":" + brokerAt, RegistryProcess.url(registryAt));
    }

    /** {@code host:port} of the broker. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Confluent API of the registry. */
    public String registryUrl() {
        return registryUrl;
    }

    /** Completes with what happened when one of them ends. */
    public CompletableFuture<String> ended() {
        CompletableFuture<String> first = new CompletableFuture<>();
        for (ChildJvm child : new ChildJvm[] {broker, registry}) {
            var unused = child.ended().thenAccept(status -> first.complete(child + " ended with status " + status));
        }
        return first;
    }

    @Override
    public void close() {
        registry.close();
        broker.close();
    }
}
