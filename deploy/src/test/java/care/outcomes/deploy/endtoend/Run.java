package care.outcomes.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.deploy.Outcomes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One {@code outcomes run}, and what it wrote. */
final class Run {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** CONTRACT: what two runs over the same facts may differ in. */
    private static final Set<String> NOT_COMPARED =
            Set.of("revision", "computedAt", "publishedAt", "recordedAt", "held");

    private final Path out;

    private Run(Path out) {
        this.out = out;
    }

    /** Runs it; anything but exit status 0 is a failure. */
    static Run of(Path in, Path out, Path key, String... options) {
        List<String> args = new ArrayList<>(
                List.of("run", "--in", in.toString(), "--out", out.toString(), "--key", key.toString()));
        args.addAll(List.of(options));
        StringWriter said = new StringWriter();
        var line = Outcomes.commandLine().setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
        assertThat(line.execute(args.toArray(String[]::new))).as("%s", said).isZero();
        return new Run(out);
    }

    List<JsonNode> rows(String file) throws IOException {
        return rows(Files.readAllLines(out.resolve(file)));
    }

    private static List<JsonNode> rows(List<String> lines) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : lines) {
            rows.add(JSON.readTree(line));
        }
        return rows;
    }

    JsonNode summary() throws IOException {
        return JSON.readTree(out.resolve("summary.json").toFile());
    }

    /** The rows in an order of their own, without what may differ. */
    List<String> comparable(String file) throws IOException {
        return comparable(Files.readAllLines(out.resolve(file)));
    }

    /** The same of lines that were printed. */
    static List<String> comparable(List<String> lines) throws IOException {
        return rows(lines).stream()
                .map(row -> ((ObjectNode) row).remove(NOT_COMPARED).toString())
                .sorted()
                .toList();
    }

    static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    static Path resource(String name) {
        return Path.of("src/test/resources").resolve(name).toAbsolutePath();
    }
}
