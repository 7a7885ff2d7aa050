package care.outcomes.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published test patients of CMS159 through the whole pipeline give the published populations. */
class MeasuresTest {
    private static final Path BUNDLES = Run.resource("cms159-2025/bundles");
    private static final Pattern YEAR = Pattern.compile("\"(\\d{4})(-\\d{2}-\\d{2}[T\"])");

    @TempDir
    static Path temp = Path.of(".");

    private static Path key = Path.of(".");

    @BeforeAll
    static void makeKey() throws IOException {
        key = Files.writeString(temp.resolve("network.key"), "00112233445566778899aabbccddeeff".repeat(2) + "\n");
    }

    private static Run run(Path in, String out, String asOf) {
        return Run.of(
                in, temp.resolve(out), key, "--clinic", "C1", "--network", "cms", "--as-of", asOf, "--with-identities");
    }

    @Test
    void theYear2025HasThePublishedPopulations() throws IOException {
        Run run = run(BUNDLES, "y2025", "2026-03-15");
        assertThat(populations(run, "y2025", "2025")).hasSize(61).isEqualTo(published());
        assertThat(run.rows("measures.ndjson"))
                .filteredOn(row -> row.path("measure").asText().equals("cms159")
                        && row.path("patientKey").isNull()
                        && row.path("period").asText().equals("2025"))
                .hasSize(2)
                .allSatisfy(row -> {
                    assertThat(row.path("version").asText()).isEqualTo("2025");
                    assertThat(counts(row)).containsExactly(54, 54, 25, 10);
                    assertThat(row.path("final").asBoolean()).isTrue();
                    int strata = 0;
                    for (JsonNode stratum : row.path("strata")) {
                        strata += stratum.path("denominator").asInt();
                    }
                    assertThat(strata).isEqualTo(54);
                })
                .extracting(row -> row.path("clinicId").asText())
                .containsExactly("*", "C1");
        assertThat(run.rows("measures.ndjson"))
                .filteredOn(row -> row.path("measure").asText().equals("cms159"))
                .allSatisfy(row -> assertThat(row.path("numerator").asInt()
                                + row.path("exclusion").asInt())
                        .isLessThanOrEqualTo(row.path("denominator").asInt()));
    }

    /** The test patients of the next year are those of 2025, all dates a year later, and a few more. */
    @Test
    void theYear2026HasThePublishedPopulations() throws IOException {
        Path later = Files.createDirectories(temp.resolve("later"));
        Map<String, List<Integer>> expected = new TreeMap<>(published());
        try (Stream<Path> files = Files.list(BUNDLES)) {
            for (Path file : files.toList()) {
                Matcher dates = YEAR.matcher(Files.readString(file));
                String moved = dates.replaceAll(date -> "\"" + (Integer.parseInt(date.group(1)) + 1) + date.group(2));
                Files.writeString(later.resolve(file.getFileName()), moved);
            }
        }
        try (Stream<Path> files = Files.list(Run.resource("cms159-2026/bundles"))) {
            for (Path file : files.toList()) {
                Files.copy(file, later.resolve(file.getFileName()));
                expected.put(patient(file), report(file));
            }
        }
        Run run = run(later, "y2026", "2027-03-15");
        assertThat(populations(run, "y2026", "2026")).hasSize(63).isEqualTo(expected);
        assertThat(run.rows("measures.ndjson"))
                .filteredOn(row -> row.path("measure").asText().equals("cms159")
                        && row.path("period").asText().equals("2026"))
                .allSatisfy(row -> assertThat(row.path("version").asText()).isEqualTo("2026"));
    }

    /** Populations of each patient, by the source's id. */
    private static Map<String, List<Integer>> populations(Run run, String out, String period) throws IOException {
        Map<String, String> ids = new HashMap<>();
        for (String line : Files.readAllLines(temp.resolve(out).resolve("identities.csv"))) {
            String[] cells = line.split(",", 2);
            ids.put(cells[0], cells[1]);
        }
        Map<String, List<Integer>> populations = new TreeMap<>();
        for (JsonNode row : run.rows("measures.ndjson")) {
            if (row.path("measure").asText().equals("cms159")
                    && row.path("period").asText().equals(period)
                    && !row.path("patientKey").isNull()) {
                populations.put(ids.get(row.path("patientKey").asText()), counts(row));
            }
        }
        return populations;
    }

    private static List<Integer> counts(JsonNode row) {
        return Stream.of("initialPopulation", "denominator", "exclusion", "numerator")
                .map(count -> row.path(count).asInt())
                .toList();
    }

    private static Map<String, List<Integer>> published() throws IOException {
        Map<String, List<Integer>> published = new TreeMap<>();
        for (JsonNode patient : Run.json(Run.resource("cms159-2025/expected.json"))) {
            published.put(
                    patient.path("id").asText(),
                    Stream.of("initial-population", "denominator", "denominator-exclusion", "numerator")
                            .map(population ->
                                    patient.path("expected").path(population).asInt())
                            .toList());
        }
        return published;
    }

    private static String patient(Path bundle) {
        return bundle.getFileName().toString().replace(".json", "");
    }

    /** What the measure report in a bundle expects. */
    private static List<Integer> report(Path bundle) throws IOException {
        Map<String, Integer> counts = new HashMap<>();
        for (JsonNode entry : Run.json(bundle).path("entry")) {
            for (JsonNode population :
                    entry.path("resource").path("group").path(0).path("population")) {
                counts.put(
                        population
                                .path("code")
                                .path("coding")
                                .path(0)
                                .path("code")
                                .asText(),
                        population.path("count").asInt());
            }
        }
        return Stream.of("initial-population", "denominator", "denominator-exclusion", "numerator")
                .map(population -> counts.getOrDefault(population, -1))
                .toList();
    }
}
