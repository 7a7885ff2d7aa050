package care.outcomes.deploy;

import care.outcomes.deploy.audit.AuditReport;
import care.outcomes.deploy.broker.EmbeddedBroker;
import care.outcomes.deploy.local.Provision;
import care.outcomes.deploy.local.Scratch;
import care.outcomes.deploy.output.RunOutput;
import care.outcomes.deploy.output.RunResult;
import care.outcomes.deploy.output.Tables;
import care.outcomes.deploy.output.Words;
import care.outcomes.ingest.Intake;
import care.outcomes.ingest.Sources;
import care.outcomes.ingest.identity.PatientKeys;
import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.Topics;
import care.outcomes.streams.topology.HorizonMode;
import care.outcomes.streams.topology.Worker;
import care.outcomes.streams.topology.WorkerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The whole pipeline as a batch: reads a file or folder, drains, writes every output, and leaves nothing behind. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Read a file or folder, compute everything, write the results, exit.")
final class RunCommand implements Callable<Integer> {
    private static final int PARTITIONS = 4;

    @Option(names = "--in", paramLabel = "PATH", required = true, description = "File or folder; formats are detected.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path in;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder for the results.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path out;

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            description = "Last day that counts (default: last civil day of any fact).")
    private @Nullable LocalDate asOf;

    @Option(names = "--daily", description = "Rates of every day, not of month ends and the last day only.")
    private boolean daily;

    @Option(names = "--with-identities", description = "Also write which pseudonym is which record number.")
    private boolean withIdentities;

    @Option(
            names = "--audit",
            description = "Recompute all published numbers from courses and patients, too; 1 if any differs.")
    private boolean audit;

    @Option(names = "--json", description = "Print the summary as JSON instead of tables.")
    private boolean json;

    @Mixin
    private IntakeOptions options = new IntakeOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        options.check();
        if (Files.notExists(in)) {
            throw new ParameterException(command.commandLine(), "--in: no such file or folder: " + in);
        }
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new ParameterException(command.commandLine(), "--out: is no folder: " + out);
        }
        ProgressLine progress = ProgressLine.on(command.commandLine().getErr());
        RunResult result;
        AuditReport audited = null;
        try (Closing closing = Closing.open(() -> progress.line("outcomes: stopped; nothing was written"))) {
            Batch batch = compute(closing, progress);
            result = batch.result(daily);
            if (audit) {
                audited = batch.audit();
            }
        }
        RunOutput.write(out, result);
        command.commandLine().getOut().println(json ? RunOutput.summary(result) : Tables.text(result, Words.load()));
        progress.line("outcomes: results are in " + out);
        if (audited != null) {
            progress.line(audited.text());
        }
        return audited == null || audited.clean() ? 0 : 1;
    }

    private Batch compute(Closing closing, ProgressLine progress) throws Exception {
        ZoneId zone = options.zone();
        PatientKeys keys = options.keys(IntakeOptions.DEFAULT_KEY);
        // Known before anything is published, since what has no time of its own counts as received at the horizon.
        LocalDate day = horizon(options.intake(IntakeOptions.DEFAULT_NETWORK, zone, keys, asOf), progress);
        Intake intake = options.intake(IntakeOptions.DEFAULT_NETWORK, zone, keys, day);
        Intaking intaking = Intaking.of(in, progress);

        Path scratch = closing.add(Scratch.make()).path();
        EmbeddedBroker broker = closing.add(EmbeddedBroker.start(scratch.resolve("broker"), 0));
        // The scope is this run's alone.
        SchemaRegistry registry = closing.add(SchemaRegistry.connect("mock://" + scratch.getFileName()));
        Topics topics = Topics.load();
        Provision.topics(topics, broker.bootstrapServers(), PARTITIONS);
        Provision.schemas(topics, registry);
        Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());

        Batch batch = Batch.publish(intaking, intake, client, new AvroSerdes(registry, false), day, withIdentities);
        Worker worker = closing.add(new Worker(config(broker, scratch, intake.networkId(), zone, day), registry));
        worker.start();
        batch.settle(worker, progress);
        // All it has computed is readable once it has committed.
        closing.end(worker);
        return batch;
    }

    private LocalDate horizon(Intake intake, ProgressLine progress) throws IOException {
        if (asOf != null) {
            return asOf;
        }
        Witness witness = new Witness(false);
        Sources.scan(in).read(intake, witness::see);
        Optional<LocalDate> lastDay = witness.lastDay();
        LocalDate day = lastDay.orElseGet(() -> LocalDate.now(ZoneOffset.UTC));
        progress.line("outcomes: as of " + day
                + (lastDay.isPresent() ? ", the last day of any fact" : ", today, since no fact was read"));
        return day;
    }

    private static WorkerConfig config(
            EmbeddedBroker broker, Path scratch, String networkId, ZoneId zone, LocalDate day) {
        return new WorkerConfig(
                broker.bootstrapServers(),
                "outcomes",
                "run",
                scratch.resolve("state"),
                Math.min(Runtime.getRuntime().availableProcessors(), PARTITIONS),
                networkId,
                HorizonMode.fixed(day),
                Duration.ZERO,
                zone);
    }
}
