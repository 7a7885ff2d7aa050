package care.outcomes.deploy;

import care.outcomes.ingest.Intake;
import care.outcomes.ingest.identity.PatientKeys;
import care.outcomes.ingest.identity.PatientScope;
import care.outcomes.schemas.Treatments;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options that fill in what a source lacks, shared by the commands that read sources. */
final class IntakeOptions {
    /** The network of a user who names none. */
    static final String DEFAULT_NETWORK = "local";

    /** The pseudonym key of a user who names none. */
    static final Path DEFAULT_KEY = home().resolve(Path.of(".config", "outcomes", "network.key"));

    /** How far a fact may lie ahead of now: clocks differ, and so do zones. */
    private static final Duration AHEAD = Duration.ofHours(24);

    /** A full stop ends the network's part of a patient key. */
    private static final Pattern NETWORK = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    @Option(names = "--network", paramLabel = "ID", description = "Network of records that name none (default: local).")
    @Nullable
    String network;

    @Option(names = "--clinic", paramLabel = "ID", description = "Clinic of records that name none.")
    @Nullable
    String clinic;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            converter = Zone.class,
            description = "Time zone of the clinics, for times without an offset, as Europe/Berlin (default: UTC).")
    @Nullable
    ZoneId zone;

    @Option(names = "--treatment", paramLabel = "ID", description = "Treatment of doses that name none.")
    @Nullable
    String treatment;

    @Option(
            names = "--patient-scope",
            paramLabel = "SCOPE",
            description = "Within what patient ids are unique: ${COMPLETION-CANDIDATES} (default: CLINIC).")
    PatientScope patientScope = PatientScope.CLINIC;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "File of the pseudonym key (default: ~/.config/outcomes/network.key, made once).")
    @Nullable
    Path key;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    /** Checks what picocli cannot; call it before anything is started. */
    void check() {
        if (network != null && !NETWORK.matcher(network).matches()) {
            throw usage("--network: letters, digits, - and _ only, at most 64");
        }
        if (clinic != null && clinic.isBlank()) {
            throw usage("--clinic: is blank");
        }
        if (treatment != null && Treatments.load().find(treatment).isEmpty()) {
            throw usage("--treatment: the catalogue has no treatment '" + treatment + "'");
        }
    }

    /** The zone that was asked for, else UTC, which is said. */
    ZoneId zone() {
        if (zone != null) {
            return zone;
        }
        say("no --zone given; times without an offset are taken as UTC");
        return ZoneOffset.UTC;
    }

    /**
     * The circumstances of an intake that begins now.
     *
     * @param networkId network where none was given
     * @param usualZone zone where none was given
     * @param keys maker of pseudonyms
     * @param asOf day up to which all counts, as if it were today; null: none
     */
    Intake intake(String networkId, ZoneId usualZone, PatientKeys keys, @Nullable LocalDate asOf) {
        Instant now = Instant.now();
        Instant end = asOf == null
                ? now
                : asOf.plusDays(1)
                        .atStartOfDay(zone == null ? usualZone : zone)
                        .toInstant()
                        .minusMillis(1);
        return new Intake(
                network == null ? networkId : network,
                clinic,
                zone == null ? usualZone : zone,
                treatment,
                patientScope,
                keys,
                end.isBefore(now) ? end : now,
                (end.isAfter(now) ? end : now).plus(AHEAD));
    }

    /**
     * The pseudonym key that was asked for, else of a file that is made when there is none.
     *
     * @throws Failure when the file cannot be used
     */
    PatientKeys keys(Path usual) {
        Path file = keyFile(usual);
        try {
            if (Files.notExists(file)) {
                say("a new pseudonym key in " + file + "; without it, patients cannot be matched later");
            }
            return PatientKeys.loadOrCreate(file);
        } catch (IOException e) {
            throw new Failure("the pseudonym key cannot be used: " + e.getMessage(), e);
        }
    }

    /** The file of the key that was asked for, else the usual one. */
    Path keyFile(Path usual) {
        return key == null ? usual : key;
    }

    /** As a shell understands it; Java asks the user database instead, which a container may not agree with. */
    private static Path home() {
        String home = System.getenv("HOME");
        return Path.of(home == null || home.isBlank() ? System.getProperty("user.home") : home);
    }

    private void say(String what) {
        PrintWriter err = command.commandLine().getErr();
        err.println("outcomes: " + what);
        err.flush();
    }

    private ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    /** Reads a zone id. */
    static final class Zone implements ITypeConverter<ZoneId> {
        @Override
        public ZoneId convert(String text) {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException e) {
                throw new TypeConversionException("'" + text + "' is no time zone, such as Europe/Berlin");
            }
        }
    }
}
