package care.outcomes.deploy.output;

import care.outcomes.deploy.Failure;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.generic.IndexedRecord;

/** Writes the files of CONTRACT §3. Equal results give equal bytes. */
public final class RunOutput {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private RunOutput() {}

    /**
     * Writes every file of a run; {@code summary.json} last, so where it is the others are whole.
     *
     * @param out folder, made if it is not there; files of an earlier run are replaced
     * @throws Failure if something cannot be written
     */
    public static void write(Path out, RunResult result) {
        Published published = result.published();
        try {
            Files.createDirectories(out);
            Files.deleteIfExists(out.resolve("summary.json"));
            Files.deleteIfExists(out.resolve("identities.csv"));
            rows(
                    out.resolve("courses.ndjson"),
                    Columns.COURSES,
                    to -> published.courses().forEach(to));
            rows(out.resolve("rates.ndjson"), Columns.RATES, to -> result.rates(to::accept));
            rows(
                    out.resolve("references.ndjson"),
                    Columns.REFERENCES,
                    to -> published.references().forEach(to));
            rows(
                    out.resolve("charts.ndjson"),
                    Columns.CHARTS,
                    to -> published.charts().forEach(to));
            rows(
                    out.resolve("shareable-rates.ndjson"),
                    Columns.SHAREABLE_RATES,
                    to -> published.shareableRates().forEach(to));
            rows(
                    out.resolve("alerts.ndjson"),
                    Columns.ALERTS,
                    to -> published.alerts().forEach(to));
            rows(
                    out.resolve("alert-events.ndjson"),
                    Columns.ALERT_EVENTS,
                    to -> published.alertEvents().forEach(to));
            rows(
                    out.resolve("measures.ndjson"),
                    Columns.MEASURES,
                    to -> published.measures().forEach(to));
            rows(
                    out.resolve("feeds.ndjson"),
                    Columns.FEEDS,
                    to -> result.feeds().forEach(to));
            rows(
                    out.resolve("rejected.ndjson"),
                    Columns.REJECTED,
                    to -> published.rejected().forEach(to));
            Map<String, String> identities = result.identities();
            if (identities != null) {
                identities(out.resolve("identities.csv"), identities);
            }
            Files.writeString(out.resolve("summary.json"), summary(result) + "\n");
        } catch (UncheckedIOException | IOException e) {
            throw new Failure("cannot write to " + out + ": " + e.getMessage(), e);
        }
    }

    /** The content of {@code summary.json}. */
    public static String summary(RunResult result) {
        Counts counts = result.accounts().total();
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("read", counts.read());
        summary.put("applied", counts.applied());
        summary.put("duplicate", counts.duplicate());
        summary.put("superseded", counts.superseded());
        summary.put("ignored", counts.ignored());
        summary.put("rejected", counts.rejected());
        summary.put("skippedFiles", result.skippedFiles());
        summary.put("asOf", result.asOf().toString());
        summary.put("ruleset", result.ruleset());
        try {
            return JSON.writeValueAsString(summary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void rows(Path file, List<String> columns, Consumer<Consumer<IndexedRecord>> source)
            throws IOException {
        try (NdjsonWriter writer = NdjsonWriter.toFile(file, columns)) {
            source.accept(writer::write);
        }
    }

    /** For the owner's eyes only: this file leads from a pseudonym back to a person. */
    private static void identities(Path file, Map<String, String> identities) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("patientKey,sourceId\n");
            for (Map.Entry<String, String> identity : new TreeMap<>(identities).entrySet()) {
                writer.write(quoted(identity.getKey()) + "," + quoted(identity.getValue()) + "\n");
            }
        }
    }

    /** As RFC 4180 has it. */
    private static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
