package care.outcomes.deploy;

import care.outcomes.deploy.truth.TruthCheck;
import care.outcomes.deploy.truth.TruthReport;
import care.outcomes.ingest.simulate.SimulateFiles;
import care.outcomes.ingest.simulate.Simulation;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the files of a synthetic clinic network, and the truth about its patients. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = "Write the files of a synthetic clinic network, and its truth.")
final class SimulateCommand implements Callable<Integer> {
    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder to write into.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path out;

    @Option(
            names = "--check",
            description = {
                "Also run the files through the pipeline, into DIR/results, and compare the alerts with the truth.",
                "Exit status: 1 if one is missing, or one is there that must not be."
            })
    private boolean check;

    @Option(names = "--json", description = "Print what --check found as JSON.")
    private boolean json;

    @Mixin
    private SimulationOptions options = new SimulationOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        Simulation simulation = options.simulation();
        new SimulateFiles(simulation).write(out);
        if (!check) {
            command.commandLine().getOut().println("A synthetic network is in " + out);
            return 0;
        }
        Path results = out.resolve("results");
        int status = run(simulation, results);
        if (status != 0) {
            return status;
        }
        TruthReport report = TruthCheck.compare(out.resolve("truth.json"), results);
        command.commandLine().getOut().println(json ? new ObjectMapper().writeValueAsString(report) : report.text());
        return report.exact() ? 0 : 1;
    }

    /** As anyone would run it. */
    private int run(Simulation simulation, Path results) {
        return new CommandLine(new RunCommand())
                .setOut(new PrintWriter(Writer.nullWriter()))
                .setErr(command.commandLine().getErr())
                .execute(
                        "--in",
                        out.resolve("clinics").toString(),
                        "--out",
                        results.toString(),
                        "--as-of",
                        simulation.to().toString(),
                        "--network",
                        "simulated",
                        "--key",
                        out.resolve("network.key").toString(),
                        "--with-identities");
    }
}
