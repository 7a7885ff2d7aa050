package care.outcomes.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import care.outcomes.deploy.Outcomes;
import care.outcomes.schemas.CatalogueFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new instrument and a new treatment need a file each, and no Java. */
class CatalogueTest {

    @TempDir
    Path temp = Path.of(".");

    @AfterEach
    void none() {
        CatalogueFolder.none();
    }

    @Test
    void anInstrumentAndATreatmentOfASiteGiveCoursesRatesAndFeeds() throws IOException {
        Path catalogue = Files.createDirectories(temp.resolve("catalogue"));
        Files.writeString(catalogue.resolve("instruments.yaml"), """
                instruments:
                  mood-ladder: {name: Mood ladder, outcome: true, min: 0, max: 10, scoring: TOTAL_ONLY, floor: 5, remission: 2}
                """);
        Files.writeString(catalogue.resolve("treatments.yaml"), """
                treatments:
                  LIGHT: {name: Bright light, doseCounted: false, stoppedEarlyCounts: true}
                """);
        Path in = Files.createDirectories(temp.resolve("in"));
        Files.writeString(in.resolve("scores.csv"), """
                clinic,patient,instrument,assessed_at,total
                C1,P1,mood-ladder,2025-01-01,9
                C1,P1,mood-ladder,2025-01-20,2
                C1,P1,mood-ladder,2025-01-20,2
                C1,P1,mood-ladder,2025-01-21,11
                """);
        Files.writeString(in.resolve("doses.csv"), """
                clinic,patient,treatment,administered_at
                C1,P1,LIGHT,2025-01-02
                """);
        Run run = Run.of(
                in,
                temp.resolve("out"),
                temp.resolve("network.key"),
                "--catalogue",
                catalogue.toString(),
                "--zone",
                "UTC",
                "--as-of",
                "2025-01-31",
                "--audit");

        assertThat(run.rows("courses.ndjson")).singleElement().satisfies(row -> {
            assertThat(row.path("treatment").asText()).isEqualTo("LIGHT");
            assertThat(row.path("instrument").asText()).isEqualTo("mood-ladder");
            assertThat(row.path("status").asText()).isEqualTo("RESPONSE");
            assertThat(row.path("remission").asBoolean()).isTrue();
        });
        assertThat(run.rows("rates.ndjson"))
                .filteredOn(row -> row.path("window").asText().equals("P90D")
                        && row.path("clinicId").asText().equals("C1")
                        && row.path("day").asText().equals("2025-01-31"))
                .extracting(
                        row -> row.path("treatment").asText(),
                        row -> row.path("responded").asInt(),
                        row -> row.path("remitted").asInt())
                .containsExactlyInAnyOrder(tuple("LIGHT", 1, 1), tuple("*", 1, 1));
        assertThat(run.rows("feeds.ndjson"))
                .extracting(
                        row -> row.path("day").asText(),
                        row -> row.path("read").asInt(),
                        row -> row.path("applied").asInt(),
                        row -> row.path("duplicate").asInt(),
                        row -> row.path("rejected").path("TOTAL_OUT_OF_RANGE").asInt(),
                        row -> row.path("percentScored").asText(),
                        row -> row.path("percentBaseline").asText())
                .containsExactly(
                        tuple("2025-01-01", 1, 1, 0, 0, "null", "null"),
                        tuple("2025-01-02", 1, 1, 0, 0, "100.0", "100.0"),
                        tuple("2025-01-20", 2, 1, 1, 0, "null", "null"),
                        tuple("2025-01-21", 1, 0, 0, 1, "null", "null"));
    }

    @Test
    void aWrongFileIsAMistakeOfUseAndNamed() throws IOException {
        Files.writeString(temp.resolve("feeds.yaml"), "lateAfterDay: 3\n");
        StringWriter err = new StringWriter();
        int status = Outcomes.commandLine()
                .setErr(new PrintWriter(err))
                .execute("run", "--in", "any", "--out", "any", "--catalogue", temp.toString());
        assertThat(status).isEqualTo(2);
        assertThat(err.toString())
                .contains(temp.resolve("feeds.yaml") + ": lateAfterDay (line 1): is not a known key")
                .contains("did you mean 'lateAfterDays'?");
    }
}
