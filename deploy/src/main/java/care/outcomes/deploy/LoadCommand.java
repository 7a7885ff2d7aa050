package care.outcomes.deploy;

import care.outcomes.deploy.local.Connection;
import care.outcomes.deploy.local.Pipeline;
import care.outcomes.ingest.Intake;
import care.outcomes.ingest.Reading;
import care.outcomes.ingest.Rejection;
import care.outcomes.ingest.identity.PatientKeys;
import care.outcomes.ingest.publish.Headway;
import care.outcomes.ingest.publish.OpenLoad;
import care.outcomes.ingest.publish.Publisher;
import care.outcomes.ingest.publish.WorkerLag;
import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.SchemaRegistry;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads files into a running pipeline. Loading the same again changes nothing. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Read files into a running pipeline; loading the same again changes nothing.")
final class LoadCommand implements Callable<Integer> {
    private static final int SHOWN_REJECTIONS = 20;
    private static final int PATIENCE_MS = 10_000;

    @Parameters(paramLabel = "PATH", description = "File or folder to read; formats are detected.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path path;

    @Option(names = "--data", paramLabel = "DIR", description = "Data directory of a pipeline on this machine.")
    private @Nullable Path data;

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Kafka to publish to.")
    private @Nullable String bootstrap;

    @Option(names = "--registry", paramLabel = "URL", description = "Schema registry with the Confluent API.")
    private @Nullable String registry;

    @Option(names = "--check", description = "Read and report only; publish nothing.")
    private boolean check;

    @Option(
            names = "--headway",
            paramLabel = "N",
            description = {
                "Facts that may be ahead of the workers (default: ${DEFAULT-VALUE}). More makes a load faster,",
                "and what comes in beside it wait longer."
            })
    private long headway = Headway.USUAL;

    @Option(names = "--json", description = "Print the counts as JSON.")
    private boolean json;

    @Mixin
    private IntakeOptions options = new IntakeOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        options.check();
        if (headway < 1) {
            throw new ParameterException(command.commandLine(), "--headway must be 1 or more");
        }
        if (Files.notExists(path)) {
            throw new ParameterException(command.commandLine(), "no such file or folder: " + path);
        }
        ProgressLine progress = ProgressLine.on(command.commandLine().getErr());
        Connection to = connection();
        Intake intake = options.intake(
                to.networkId(),
                to.zone(),
                // Nothing that a check computes leaves this process, so it needs no key.
                check ? new PatientKeys(new byte[PatientKeys.KEY_BYTES]) : options.keys(to.keyFile()),
                null);
        Intaking intaking = Intaking.of(path, progress);
        if (check) {
            Rejections rejections = new Rejections(progress);
            intaking.read(intake, rejections::show);
        } else {
            publish(to, intaking, intake, progress);
        }
        command.commandLine()
                .getOut()
                .println(json ? new ObjectMapper().writeValueAsString(intaking.counts()) : intaking.text());
        return 0;
    }

    private void publish(Connection to, Intaking intaking, Intake intake, ProgressLine progress) throws IOException {
        awaitAnswer(to.bootstrapServers());
        Map<String, Object> client = Map.of("bootstrap.servers", to.bootstrapServers());
        try (SchemaRegistry schemas = SchemaRegistry.connect(to.registryUrl());
                OpenLoad load = OpenLoad.connect(
                        client, new AvroSerdes(schemas, false), intake.networkId(), intaking.clinics(intake));
                Publisher publisher = Publisher.connect(client, new AvroSerdes(schemas, false), intake);
                WorkerLag workers = WorkerLag.connect(client, Pipeline.APPLICATION)) {
            Headway ahead = new Headway(
                    publisher,
                    workers,
                    headway,
                    behind -> progress.update(String.format(
                            Locale.ROOT, "waiting for the workers: %,d facts are ahead of them", behind)));
            load.open();
            intaking.read(intake, ahead, publisher::endOfSource);
            publisher.flush();
        }
    }

    /** Where to publish; for a check any will do. */
    private Connection connection() {
        if (data != null) {
            return Connection.read(data);
        }
        if (!check && (bootstrap == null || registry == null)) {
            throw new ParameterException(
                    command.commandLine(), "where to? give --data DIR, or --bootstrap and --registry");
        }
        return new Connection(
                bootstrap == null ? "" : bootstrap,
                registry == null ? "" : registry,
                IntakeOptions.DEFAULT_NETWORK,
                options.zone(),
                IntakeOptions.DEFAULT_KEY);
    }

    /** A producer would wait for two minutes and then speak of metadata. */
    private static void awaitAnswer(String bootstrapServers) {
        Map<String, Object> client = Map.of(
                "bootstrap.servers", bootstrapServers,
                "request.timeout.ms", PATIENCE_MS,
                "default.api.timeout.ms", PATIENCE_MS);
        try (Admin admin = Admin.create(client)) {
            admin.describeCluster().nodes().get();
        } catch (ExecutionException e) {
            throw new Failure("no Kafka broker answers at " + bootstrapServers + "; is the pipeline up?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
    }

    /** Shows the first rejected records with their places. */
    private static final class Rejections {
        private final ProgressLine progress;
        private int shown;

        Rejections(ProgressLine progress) {
            this.progress = progress;
        }

        void show(Reading reading) {
            Rejection rejection = reading.rejected();
            if (rejection == null || shown > SHOWN_REJECTIONS) {
                return;
            }
            shown++;
            progress.line(
                    shown > SHOWN_REJECTIONS
                            ? "... more rejected records are counted, not shown"
                            : reading.source() + ":" + reading.line() + ": " + rejection.field() + ": "
                                    + rejection.reason()
                                    + (rejection.value() == null ? "" : " (" + rejection.value() + ")"));
        }
    }
}
