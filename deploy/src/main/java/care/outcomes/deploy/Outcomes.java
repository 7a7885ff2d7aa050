package care.outcomes.deploy;

import care.outcomes.deploy.audit.AuditCommand;
import care.outcomes.deploy.bench.BenchCommand;
import care.outcomes.deploy.notify.NotifyCommand;
import care.outcomes.deploy.query.AlertsCommand;
import care.outcomes.deploy.query.CoursesCommand;
import care.outcomes.deploy.query.FeedsCommand;
import care.outcomes.deploy.query.MeasuresCommand;
import care.outcomes.deploy.query.RatesCommand;
import care.outcomes.deploy.trace.TraceCommand;
import care.outcomes.ingest.publish.PublishException;
import care.outcomes.schemas.CatalogueException;
import care.outcomes.schemas.CatalogueFolder;
import care.outcomes.schemas.RegistryException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line. Exit status: 0 everything was read (rejections are counted), 1 failure, 2 usage. */
@Command(
        name = "outcomes",
        description =
                "Outcomes of depression care: from clinic files to response and remission rates and review alerts.",
        subcommands = {
            RunCommand.class,
            DemoCommand.class,
            UpCommand.class,
            LoadCommand.class,
            SimulateCommand.class,
            BenchCommand.class,
            RatesCommand.class,
            CoursesCommand.class,
            MeasuresCommand.class,
            AlertsCommand.class,
            FeedsCommand.class,
            NotifyCommand.class,
            AuditCommand.class,
            TraceCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Outcomes.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Outcomes implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** For every command: what a site knows beside what is shipped, or better. */
    @Option(
            names = "--catalogue",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description =
                    "Folder with own instruments.yaml, treatments.yaml, codes.yaml, rules.yaml, rates.yaml, "
                            + "feeds.yaml, sources.yaml, valuesets.yaml, measures.yaml; their entries add to the shipped ones and replace those of the same name.")
    void catalogue(@Nullable Path folder) {
        if (folder != null) {
            try {
                CatalogueFolder.use(folder);
            } catch (CatalogueException e) {
                throw new ParameterException(spec.commandLine(), "--catalogue: " + e.getMessage(), e);
            }
        }
    }

    /** The program. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command line, ready to execute; tests give it their own writers. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Outcomes());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler(Outcomes::usage);
        line.setExecutionExceptionHandler((fault, at, parsed) -> failed(fault, at));
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    private static int usage(ParameterException fault, String[] args) {
        CommandLine at = fault.getCommandLine();
        PrintWriter err = at.getErr();
        err.println("outcomes: " + fault.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(fault, err);
        err.println("Try '" + at.getCommandSpec().qualifiedName() + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception fault, CommandLine at) {
        PrintWriter err = at.getErr();
        if (fault instanceof Failure
                || fault instanceof RegistryException
                || fault instanceof PublishException
                || fault instanceof IOException
                || fault instanceof UncheckedIOException) {
            err.println("outcomes: " + fault.getMessage());
        } else if (fault instanceof KafkaException) {
            err.println("outcomes: Kafka: " + fault.getMessage());
        } else {
            // A fault of ours, not of the user: whoever mends it needs the trace.
            err.println("outcomes: internal fault, please report it");
            fault.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** The version the build was given. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Outcomes.class.getPackage().getImplementationVersion();
            return new String[] {
                "outcomes " + (version == null ? "(unpackaged)" : version) + ", Java " + Runtime.version()
            };
        }
    }
}
