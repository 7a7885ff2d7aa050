package care.outcomes.deploy.bench;

import care.outcomes.deploy.Failure;
import care.outcomes.ingest.Intake;
import care.outcomes.ingest.Reading;
import care.outcomes.ingest.Sources;
import care.outcomes.ingest.identity.PatientKeys;
import care.outcomes.ingest.identity.PatientScope;
import care.outcomes.ingest.simulate.SimulateFiles;
import care.outcomes.ingest.simulate.Simulation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** As many readings of a synthetic network as wanted: its files again and again, each time under another pseudonym key. */
final class Supply {
    private static final int CLINICS = 12;
    private static final int PATIENTS = 2_000;
    private static final long SEED = 42;
    private static final int YEARS = 2;

    private final String networkId;
    private final Path folder;
    private int rounds;

    private Supply(String networkId, Path folder) {
        this.networkId = networkId;
        this.folder = folder;
    }

    /**
     * Writes the files.
     *
     * @param to last day that is told
     */
    static Supply write(String networkId, Path folder, LocalDate to) {
        try {
            new SimulateFiles(new Simulation(SEED, CLINICS, PATIENTS, to.minusYears(YEARS), to)).write(folder);
        } catch (IOException e) {
            throw new Failure("the synthetic network cannot be written: " + e.getMessage(), e);
        }
        return new Supply(networkId, folder.resolve("clinics"));
    }

    /** What the next round is read as; its patients are others than those of any round before. */
    Intake next() {
        byte[] key = ByteBuffer.allocate(PatientKeys.KEY_BYTES).putInt(++rounds).array();
        Instant now = Instant.now();
        return new Intake(
                networkId,
                null,
                ZoneOffset.UTC,
                null,
                PatientScope.CLINIC,
                new PatientKeys(key),
                now,
                now.plus(Duration.ofDays(1)));
    }

    /** Reads round after round until it is told to stop. */
    void pour(BooleanSupplier go, Consumer<Reading> to) {
        try {
            Sources sources = Sources.scan(folder);
            while (true) {
                sources.read(next(), reading -> {
                    if (!go.getAsBoolean()) {
                        throw new CancellationException();
                    }
                    to.accept(reading);
                });
            }
        } catch (CancellationException e) {
            // Enough; a reader has no other way to end early.
        } catch (IOException e) {
            throw new Failure("the synthetic network cannot be read: " + e.getMessage(), e);
        }
    }
}
