package care.outcomes.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site adds to what is shipped, and replaces it, by file alone. */
class CatalogueFolderTest {

    @TempDir
    Path folder = Path.of(".");

    @AfterEach
    void none() {
        CatalogueFolder.none();
    }

    @Test
    void entriesAreAddedAndReplacedAndTheOthersStay() throws IOException {
        write("instruments.yaml", """
                instruments:
                  mood-ladder: {name: Mood ladder, outcome: true, min: 0, max: 10, scoring: TOTAL_ONLY}
                """);
        write("treatments.yaml", """
                treatments:
                  LIGHT: {name: Light, doseCounted: false, stoppedEarlyCounts: false, gap: 45}
                """);
        write("feeds.yaml", "lateAfterDays: 14\n");
        CatalogueFolder.use(folder);

        assertThat(Instruments.load().find("mood-ladder")).isPresent();
        assertThat(Instruments.load().find("phq9")).isPresent();
        assertThat(Treatments.load().find("LIGHT").orElseThrow().gap()).isEqualTo(45);
        assertThat(Treatments.load().find("LIGHT").orElseThrow().dropOut()).isEqualTo(60);
        assertThat(FeedRules.load()).isEqualTo(new FeedRules(14, 1, 14));

        CatalogueFolder.none();
        assertThat(Instruments.load().find("mood-ladder")).isEmpty();
        assertThat(FeedRules.load()).isEqualTo(new FeedRules(7, 1, 14));
    }

    @Test
    void aMeasureOfASiteAsksAboutAValueSetOfTheSite() throws IOException {
        write("valuesets.yaml", """
                sets:
                  postpartum:
                    source: own list
                    verified: false
                    codes:
                      icd10cm: [F53.0]
                """);
        write("measures.yaml", """
                measures:
                  postpartum-response:
                    name: Response of postpartum depression
                    versions:
                      "2025":
                        source: own
                        identification: {from: -8, to: 4}
                        index:
                          instruments: [phq9]
                          atLeast: 10
                          encounter: {types: [office-visit], diagnoses: [postpartum], daysBefore: 7}
                        age: {from: 12, unknownCounts: true}
                        window: {months: 6, from: -60, to: 60}
                        success: {fallPercent: 50}
                        exclusions: {death: true, diagnoses: [], care: []}
                        strata: [12]
                        unindexed: false
                """);
        CatalogueFolder.use(folder);
        assertThat(ValueSets.load().names()).contains("postpartum", "major-depression");
        assertThat(Measures.load().versions())
                .containsKey("postpartum-response")
                .containsKey("cms159");

        write("valuesets.yaml", "sets: {}\n");
        assertThatThrownBy(() -> CatalogueFolder.use(folder))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("measures.postpartum-response");
    }

    @Test
    void problemsNameTheSitesFileLineAndKeyWithASuggestion() throws IOException {
        write("treatments.yaml", """
                treatments:
                  LIGHT:
                    name: Light
                    doseCounted: false
                    stopedEarlyCounts: false
                """);
        assertThatThrownBy(() -> CatalogueFolder.use(folder))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining(
                        folder.resolve("treatments.yaml") + ": treatments.LIGHT.stopedEarlyCounts (line 5): "
                                + "is not a known key; did you mean 'stoppedEarlyCounts'?");
        assertThat(Treatments.load().find("LIGHT")).isEmpty();
    }

    @Test
    void whatIsThereTwiceIsTold() throws IOException {
        write("feeds.yaml", "lateAfterDays: 14\nlateAfterDays: 15\n");
        assertThatThrownBy(() -> CatalogueFolder.use(folder))
                .hasMessageContaining("lateAfterDays (line")
                .hasMessageContaining("twice");
    }

    @Test
    void aFileOfAnotherNameIsNotPassedOver() throws IOException {
        write("treatment.yaml", "treatments: {}\n");
        assertThatThrownBy(() -> CatalogueFolder.use(folder)).hasMessageContaining("did you mean 'treatments.yaml'?");
        assertThatThrownBy(() -> CatalogueFolder.use(folder.resolve("none"))).hasMessageContaining("no folder");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
