package care.outcomes.deploy;

import care.outcomes.deploy.local.Connection;
import care.outcomes.deploy.local.DataDirectory;
import care.outcomes.deploy.local.Pipeline;
import care.outcomes.deploy.local.Scratch;
import care.outcomes.deploy.output.RunResult;
import care.outcomes.deploy.output.Tables;
import care.outcomes.deploy.output.Words;
import care.outcomes.ingest.Intake;
import care.outcomes.ingest.identity.PatientKeys;
import care.outcomes.ingest.identity.PatientScope;
import care.outcomes.ingest.simulate.SimulateFiles;
import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The all-in-one with two simulated years of a clinic network, to look at. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Run the whole pipeline with a simulated clinic network, until Ctrl-C.")
final class DemoCommand implements Callable<Integer> {
    private static final int PARTITIONS = 4;

    @Option(names = "--once", description = "Stop when everything is computed.")
    private boolean once;

    @Option(names = "--data", paramLabel = "DIR", description = "Keep everything here (default: a temporary folder).")
    private @Nullable Path data;

    @Mixin
    private SimulationOptions simulation = new SimulationOptions();

    @Mixin
    private DeliveryOptions delivery = new DeliveryOptions();

    @Mixin
    private PortOptions ports = new PortOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        ProgressLine progress = ProgressLine.on(command.commandLine().getErr());
        SimulateFiles files = new SimulateFiles(simulation.simulation());
        try (Closing closing = Closing.open(() -> progress.line("outcomes: stopping"))) {
            Path root = data == null ? closing.add(Scratch.make()).path() : data;
            Connection before = Connection.existsIn(root) ? Connection.read(root) : null;
            DataDirectory directory = closing.add(DataDirectory.open(root));
            Path key = directory.root().resolve("network.key");
            LogFile.begin(directory.log("outcomes"));
            progress.line("outcomes: starting in " + directory.root());
            Pipeline pipeline = closing.add(Pipeline.start(
                    directory,
                    new Pipeline.Settings(
                            IntakeOptions.DEFAULT_NETWORK,
                            ZoneOffset.UTC,
                            key,
                            PARTITIONS,
                            ports.broker(before, 0),
                            ports.registry(before, 0))));
            Path network = directory.root().resolve("simulated");
            if (Files.notExists(network)) {
                files.write(network);
            }
            Batch batch = load(network, key, pipeline.connection(), progress);
            batch.settle(pipeline.worker(), progress);
            RunResult result = batch.result(false);
            command.commandLine().getOut().println(Tables.text(result, Words.load()));
            command.commandLine().getOut().flush();
            if (once) {
                return 0;
            }
            PipelineView.addresses(pipeline.connection(), directory, progress);
            return PipelineView.live(pipeline, delivery.start(pipeline.connection(), closing), progress);
        }
    }

    private static Batch load(Path files, Path key, Connection to, ProgressLine progress) throws IOException {
        Instant now = Instant.now();
        Intake intake = new Intake(
                to.networkId(),
                null,
                ZoneOffset.UTC,
                null,
                PatientScope.CLINIC,
                PatientKeys.loadOrCreate(key),
                now,
                now.plus(Duration.ofDays(1)));
        try (SchemaRegistry registry = SchemaRegistry.connect(to.registryUrl())) {
            return Batch.publish(
                    Intaking.of(files, progress),
                    intake,
                    Map.of("bootstrap.servers", to.bootstrapServers()),
                    new AvroSerdes(registry, false),
                    LocalDate.now(ZoneOffset.UTC),
                    false);
        }
    }
}
