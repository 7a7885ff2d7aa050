package care.outcomes.ingest;

import care.outcomes.ingest.identity.PatientKeys;
import care.outcomes.ingest.identity.PatientScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Intakes and short ways to read a text or a sample. */
public final class Intakes {
    public static final Instant RECEIVED = Instant.parse("2026-03-01T12:00:00Z");
    public static final PatientKeys KEYS = new PatientKeys(new byte[PatientKeys.KEY_BYTES]);
    public static final Intake NEW_YORK = of("C1", ZoneId.of("America/New_York"));

    private Intakes() {}

    public static Intake of(@Nullable String clinic, @Nullable ZoneId zone) {
        Instant latest = RECEIVED.plusSeconds(86_400);
        return new Intake("net", clinic, zone, null, PatientScope.CLINIC, KEYS, RECEIVED, latest);
    }

    /** Reads a text as if it were a file, whose name tells nothing. */
    public static List<Reading> read(Intake intake, String text) {
        try {
            Path file = Files.createTempFile("input", ".dat");
            try {
                Files.writeString(file, text);
                return read(intake, file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Reading readOne(Intake intake, String text) {
        List<Reading> readings = read(intake, text);
        if (readings.size() != 1) {
            throw new AssertionError("one record was expected, not " + readings.size());
        }
        return readings.get(0);
    }

    public static List<Reading> read(Intake intake, Path path) throws IOException {
        List<Reading> readings = new ArrayList<>();
        Sources.scan(path).read(intake, readings::add);
        return readings;
    }

    public static Path sample(String name) {
        try {
            return Path.of(Objects.requireNonNull(Intakes.class.getResource("/" + name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
