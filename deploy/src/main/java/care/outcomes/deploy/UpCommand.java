package care.outcomes.deploy;

import care.outcomes.deploy.local.Connection;
import care.outcomes.deploy.local.DataDirectory;
import care.outcomes.deploy.local.Pipeline;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A pipeline on this machine that lasts: what it was given is there again after a restart or a crash. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Run a lasting pipeline on this machine, until Ctrl-C.")
final class UpCommand implements Callable<Integer> {
    private static final int PARTITIONS = 24;
    private static final int BROKER_PORT = 9092;
    private static final int REGISTRY_PORT = 8081;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Where everything is kept.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path data;

    @Option(names = "--network", paramLabel = "ID", description = "Network whose facts it takes (default: local).")
    private @Nullable String network;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            converter = IntakeOptions.Zone.class,
            description = "Time zone of the network, in which its days begin (default: the one it had, else UTC).")
    private @Nullable ZoneId zone;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Pseudonym key that loads use (default: ~/.config/outcomes/network.key).")
    private @Nullable Path key;

    @Mixin
    private DeliveryOptions delivery = new DeliveryOptions();

    @Mixin
    private PortOptions ports = new PortOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        Connection before = Connection.existsIn(data) ? Connection.read(data) : null;
        if (before != null && network != null && !network.equals(before.networkId())) {
            throw new ParameterException(
                    command.commandLine(),
                    "--network: " + data + " holds the network " + before.networkId() + ", not " + network);
        }
        ProgressLine progress = ProgressLine.on(command.commandLine().getErr());
        try (Closing closing = Closing.open(() -> progress.line("outcomes: stopping"))) {
            DataDirectory directory = closing.add(DataDirectory.open(data));
            LogFile.begin(directory.log("outcomes"));
            progress.line("outcomes: starting in " + directory.root());
            Pipeline pipeline = closing.add(Pipeline.start(directory, settings(before)));
            PipelineView.addresses(pipeline.connection(), directory, progress);
            return PipelineView.live(pipeline, delivery.start(pipeline.connection(), closing), progress);
        }
    }

    private Pipeline.Settings settings(@Nullable Connection before) {
        Path usualKey = before == null ? IntakeOptions.DEFAULT_KEY : before.keyFile();
        String usualNetwork = before == null ? IntakeOptions.DEFAULT_NETWORK : before.networkId();
        ZoneId usualZone = before == null ? ZoneOffset.UTC : before.zone();
        return new Pipeline.Settings(
                network == null ? usualNetwork : network,
                zone == null ? usualZone : zone,
                key == null ? usualKey : key,
                PARTITIONS,
                ports.broker(before, BROKER_PORT),
                ports.registry(before, REGISTRY_PORT));
    }
}
