package care.outcomes.deploy;

import care.outcomes.ingest.simulate.SimulateFiles;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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

    @Mixin
    private SimulationOptions options = new SimulationOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        new SimulateFiles(options.simulation()).write(out);
        command.commandLine().getOut().println("A synthetic network is in " + out);
        return 0;
    }
}
