package care.outcomes.deploy;

import care.outcomes.deploy.local.Connection;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the servers of a pipeline listen, on loopback. */
final class PortOptions {
    @Option(
            names = "--broker-port",
            paramLabel = "PORT",
            description = "Port of the broker; 0: any free one (default: the one it had before, else 9092).")
    @Nullable
    Integer broker;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            description = "Port of the schema registry; 0: any free one (default: the one it had before, else 8081).")
    @Nullable
    Integer registry;

    /** The broker's port: as told, else as before, else as is usual. */
    int broker(@Nullable Connection before, int usual) {
        if (broker != null) {
            return broker;
        }
        return before == null
                ? usual
                : URI.create("kafka://" + before.bootstrapServers()).getPort();
    }

    /** The registry's port: as told, else as before, else as is usual. */
    int registry(@Nullable Connection before, int usual) {
        if (registry != null) {
            return registry;
        }
        return before == null ? usual : URI.create(before.registryUrl()).getPort();
    }
}
