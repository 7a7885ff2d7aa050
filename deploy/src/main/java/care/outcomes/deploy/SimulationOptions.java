package care.outcomes.deploy;

import care.outcomes.ingest.simulate.Simulation;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a synthetic network is like. Equal options give equal files. */
final class SimulationOptions {
    private static final int YEARS = 2;

    @Option(names = "--clinics", paramLabel = "N", description = "Clinics (default: ${DEFAULT-VALUE}).")
    private int clinics = 6;

    @Option(names = "--patients", paramLabel = "N", description = "Patients (default: ${DEFAULT-VALUE}).")
    private int patients = 600;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all chance (default: ${DEFAULT-VALUE}).")
    private long seed = 42;

    @Option(names = "--from", paramLabel = "DATE", description = "First day (default: two years before the last).")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DATE", description = "Last day (default: today).")
    private @Nullable LocalDate to;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    /** The network as asked for. */
    Simulation simulation() {
        LocalDate last = to == null ? LocalDate.now(ZoneOffset.UTC) : to;
        LocalDate first = from == null ? last.minusYears(YEARS) : from;
        if (clinics < 1 || patients < 1) {
            throw usage("--clinics and --patients: at least 1");
        }
        if (first.isAfter(last)) {
            throw usage("--from " + first + " is after --to " + last);
        }
        return new Simulation(seed, clinics, patients, first, last);
    }

    private ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
