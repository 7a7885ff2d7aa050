package care.outcomes.ingest;

import care.outcomes.ingest.csv.CsvFile;
import care.outcomes.ingest.csv.Header;
import care.outcomes.ingest.fhir.FhirReader;
import care.outcomes.ingest.json.JsonFile;
import care.outcomes.ingest.json.JsonShape;
import care.outcomes.ingest.row.FactReader;
import care.outcomes.schemas.CodeMaps;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.ValueSets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The files of a folder that some reader claims, told by their content and never by their name: native CSV, native JSON
 * events, FHIR bundles and resources, the JSON ones whole or one a line.
 */
public final class Sources {
    private final List<Source> sources = new ArrayList<>();
    private final List<Path> skipped = new ArrayList<>();
    private final Set<String> notices = new LinkedHashSet<>();

    /** A claimed file: one of header and shape is there. */
    private record Source(Path path, String name, Optional<Header> header, Optional<JsonShape> shape) {}

    private Sources() {}

    /**
     * Looks at a file, or at all files below a folder in the order of their names.
     *
     * @throws IOException if there is no such file, or one cannot be read
     */
    public static Sources scan(Path fileOrFolder) throws IOException {
        if (Files.notExists(fileOrFolder)) {
            throw new NoSuchFileException(fileOrFolder + ": no such file or folder");
        }
        Sources sources = new Sources();
        for (Path file : files(fileOrFolder)) {
            Path relative = fileOrFolder.equals(file) ? file.getFileName() : fileOrFolder.relativize(file);
            sources.claim(file, relative.toString().replace('\\', '/'));
        }
        return sources;
    }

    /** Files that no reader claims. */
    public List<Path> skipped() {
        return List.copyOf(skipped);
    }

    /** Names of the files that will be read, relative to the folder that was scanned. */
    public List<String> names() {
        return sources.stream().map(Source::name).toList();
    }

    /**
     * How much there is to read.
     *
     * @throws IOException if a file has gone
     */
    public long bytes() throws IOException {
        long bytes = 0;
        for (Source source : sources) {
            bytes += Files.size(source.path());
        }
        return bytes;
    }

    /** What a user should know though nothing is wrong, such as columns that mean nothing here; each once. */
    public List<String> notices() {
        return List.copyOf(notices);
    }

    /**
     * Reads all files one after the other, record by record.
     *
     * @param out told each record as it is read
     * @throws IOException if a file cannot be read, or lacks a column that nothing fills in for
     */
    public void read(Intake intake, Consumer<Reading> out) throws IOException {
        read(intake, out, fingerprint -> {});
    }

    /**
     * The same, and tells the end of each file.
     *
     * @param ended told the fingerprint of a file's content after its last record
     * @throws IOException if a file cannot be read, or lacks a column that nothing fills in for
     */
    public void read(Intake intake, Consumer<Reading> out, Consumer<String> ended) throws IOException {
        Instruments instruments = Instruments.load();
        FactReader facts = new FactReader(intake, instruments, Treatments.load());
        FhirReader fhir = new FhirReader(intake, facts, CodeMaps.load(), ValueSets.load(), instruments);
        for (Source source : sources) {
            try (Reader text = Utf8.open(source.path())) {
                read(source, text, intake, facts, fhir, out);
            }
            ended.accept(fingerprint(source.path()));
        }
    }

    private void read(
            Source source, Reader text, Intake intake, FactReader facts, FhirReader fhir, Consumer<Reading> out)
            throws IOException {
        if (source.header().isPresent()) {
            Header header = source.header().get();
            CsvFile.of(source.name(), header, intake).read(source.name(), text, facts, out);
        } else {
            JsonFile file = new JsonFile(facts, fhir, name -> unknown(source.name(), "field", name));
            file.read(source.name(), text, source.shape().orElseThrow(), out);
        }
    }

    private static String fingerprint(Path file) throws IOException {
        try (DigestInputStream bytes =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(bytes.getMessageDigest().digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void claim(Path file, String name) throws IOException {
        Source source = new Source(file, name, header(file), shape(file));
        if (source.header().isEmpty() && source.shape().isEmpty()) {
            skipped.add(file);
            return;
        }
        sources.add(source);
        source.header().ifPresent(header -> header.unknown().forEach(column -> unknown(name, "column", column)));
    }

    private void unknown(String source, String what, String name) {
        notices.add(source + ": " + what + " '" + name + "' is not known and is ignored");
    }

    private static Optional<Header> header(Path file) throws IOException {
        try (BufferedReader text = Utf8.peek(file)) {
            return Header.recognise(Utf8.firstLine(text));
        }
    }

    private static Optional<JsonShape> shape(Path file) throws IOException {
        try (BufferedReader text = Utf8.peek(file)) {
            return JsonShape.recognise(text);
        }
    }

    private static List<Path> files(Path fileOrFolder) throws IOException {
        try (Stream<Path> all = Files.walk(fileOrFolder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
