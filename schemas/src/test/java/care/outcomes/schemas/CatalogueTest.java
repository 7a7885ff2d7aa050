package care.outcomes.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** New knowledge enters by file alone, and a wrong file tells all that is wrong with it. */
class CatalogueTest {
    private static final String SCALE = """
            instruments:
              mood:
                name: Mood
                outcome: true
                min: 0
                max: 6
                itemMax: [3, 3]
                scoring: SUM
            """;

    private static final String TREATMENT = """
            defaults: {gap: 90, seriesGap: 30, dropOut: 60, followUp: 400, baselineAge: 14}
            treatments:
              LIGHT:
                name: Light
                doseCounted: false
                stoppedEarlyCounts: false
            """;

    private static final String RULE = """
            rules:
              r:
                version: "1"
                validFrom: 2025-01-01
                severity: INFO
                fresh: PT72H
                text: "Please review {score}."
                title: "A rule"
                trigger: "a score"
                resolve: "another"
            """;

    @Test
    void aNewInstrumentNeedsAFileOnly() throws Exception {
        try (Reader file = file("new-instruments.yaml")) {
            Instruments instruments = Instruments.read("new-instruments.yaml", file);
            Instrument mood = instruments.find("mood-ladder").orElseThrow();
            assertThat(mood.remission()).isEqualTo(2);
            FactCheck check = new FactCheck(instruments, Treatments.load());
            assertThat(check.check(Facts.score()
                            .setInstrument("mood-ladder")
                            .setTotal(9)
                            .setItems(List.of(4, 5))
                            .build()))
                    .isEmpty();
            assertThat(check.check(Facts.score()
                            .setInstrument("mood-ladder")
                            .setTotal(11)
                            .build()))
                    .contains(new Problem("total", "TOTAL_OUT_OF_RANGE", "11"));
        }
    }

    @Test
    void aNewTreatmentNeedsAFileOnly() throws Exception {
        try (Reader file = file("new-treatments.yaml")) {
            Treatments treatments = Treatments.read("new-treatments.yaml", file);
            assertThat(treatments.find("LIGHT"))
                    .contains(new Treatment(
                            "LIGHT",
                            "Bright light",
                            null,
                            true,
                            20,
                            true,
                            45,
                            30,
                            60,
                            400,
                            14,
                            14,
                            new Treatment.Tiers(5, 10, 15),
                            List.of(),
                            null,
                            null));
            assertThat(new FactCheck(Instruments.load(), treatments)
                            .check(Facts.dose().setTreatment("LIGHT").build()))
                    .isEmpty();
        }
    }

    @Test
    void allProblemsAreToldAtOnceWithTheirPlace() {
        String broken = SCALE.replace("name: Mood", "nmae: Mood")
                .replace("outcome: true", "outcome: perhaps")
                .replace("max: 6", "max: many")
                .replace("scoring: SUM", "scoring: TOTAL_ONLY\n    floor: [1]");
        CatalogueException error = catchThrowableOfType(
                CatalogueException.class, () -> Instruments.read("scales.yaml", new StringReader(broken)));
        assertThat(error.problems())
                .contains(
                        "scales.yaml: instruments.mood.name (line 3): is missing: must be a text",
                        "scales.yaml: instruments.mood.nmae (line 3): is not a known key; did you mean 'name'?",
                        "scales.yaml: instruments.mood.outcome (line 4): must be true or false, is 'perhaps'",
                        "scales.yaml: instruments.mood.max (line 6): must be a whole number, is 'many'",
                        "scales.yaml: instruments.mood.floor (line 9): must be a whole number");
    }

    @Test
    void numbersThatContradictEachOtherAreRefused() {
        refusedScale("max: 6", "max: 0", "max (line 6): must be above min 0");
        refusedScale("max: 6", "max: 7", "itemMax (line 7): adds up to 6 where max is 7");
        refusedScale("max: 6", "max: 6\n    floor: 9", "floor (line 7): must be 0 to 6, is 9");
        refusedScale("itemMax: [3, 3]", "remission: 2", "itemMax (line 3): is missing: scoring SUM needs the items");
        refusedScale("scoring: SUM", "scoring: DOMAINS", "must have 16 items");
        refusedScale("scoring: SUM", "scoring: HIGHEST", "must have 7 questions");
        refusedScale(
                "scoring: SUM",
                "scoring: SUM\n    suicide: {position: 3, review: 1, high: 2, urgent: 3}",
                "position must be 0 to 2");
        refusedScale(
                "scoring: SUM",
                "scoring: SUM\n    suicide: {position: 2, review: 2, high: 1, urgent: 3}",
                "review <= high <= urgent");
    }

    @Test
    void seriesThatContradictThemselvesAreRefused() {
        refusedTreatment("doseCounted: false", "doseCounted: true", "plannedDoses");
        refusedTreatment("doseCounted: false", "doseCounted: false\n    plannedDoses: 6", "exactly if doseCounted");
        refusedTreatment(
                "doseCounted: false", "doseCounted: true\n    plannedDoses: 0", "plannedDoses (line 6): must be 1");
        refusedTreatment(
                "doseCounted: false",
                "doseCounted: false\n    tiers: {early: 1, review: 2, firm: 3}",
                "need a dose-counted treatment");
        refusedTreatment(
                "doseCounted: false",
                "doseCounted: true\n    plannedDoses: 6\n    tiers: {early: 3, review: 2, firm: 4}",
                "1 <= early <= review <= firm");
        refusedTreatment("gap: 90, ", "", "gap (line 4): is missing here and in defaults");
        refusedTreatment("gap: 90", "gap: -1", "must be 0 days or more");
    }

    @Test
    void wordingsNameKnownThings() {
        assertThat(AlertRules.read("r.yaml", new StringReader(RULE)).find("r")).isPresent();
        refusedRule("{score}", "{scoer}", "names the unknown {scoer}; did you mean 'score'?");
        refusedRule("INFO", "UNKNOWN", "severity (line 5): must be INFO, REVIEW, HIGH or URGENT");
        refusedRule("2025-01-01", "2025-02-30", "validFrom (line 4): must be a date");
        refusedRule("PT72H", "3 days", "fresh (line 6): must be a duration");
    }

    @Test
    void codesPointAtWhatIsThere() {
        String codes = """
                systems: {loinc: "http://loinc.org"}
                scores:
                  - {system: loinc, code: 1-1, instrument: phq99, item: 0, verified: true}
                  - {system: loinc, code: 1-2, instrument: phq9, item: 10, verified: true}
                  - {system: lonic, code: 1-3, instrument: phq9, item: 0, verified: true}
                  - {system: loinc, code: 1-4, instrument: phq9, item: 0}
                  - {system: loinc, code: 1-4, instrument: phq9, item: 1, verified: true}
                treatments:
                  - {system: loinc, code: 1-5, treatment: KETAMINE, verified: true}
                """;
        CatalogueException error = catchThrowableOfType(
                CatalogueException.class,
                () -> CodeMaps.read("codes.yaml", new StringReader(codes), Instruments.load(), Treatments.load()));
        assertThat(error.problems())
                .containsExactly(
                        "codes.yaml: scores[0].instrument (line 3): is not a known instrument: 'phq99'; did you mean"
                                + " 'phq9'?",
                        "codes.yaml: scores[1].item (line 4): must be 0 to 9, is 10",
                        "codes.yaml: scores[2].system (line 5): is not a known system: 'lonic'; did you mean 'loinc'?",
                        "codes.yaml: scores[3].verified (line 6): is missing: must be true or false",
                        "codes.yaml: scores[4].code (line 7): is mapped twice",
                        "codes.yaml: treatments[0].treatment (line 9): is not a known treatment: 'KETAMINE'; did you"
                                + " mean 'KETAMINE_IV'?");
    }

    @Test
    void topicsAreChecked() {
        assertThatThrownBy(() -> Topics.read("t.yaml", new StringReader("""
                                topics:
                                  a.v1: {cleanup: shred, retention: 90, key: k, owner: o, privacy: secret, partitions: 0}
                                """)))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("cleanup (line 2): must be delete or compact, is 'shred'")
                .hasMessageContaining("retention (line 2): must be 'forever' or days such as 90d, is '90'")
                .hasMessageContaining(
                        "privacy (line 2): must be pseudonymous, aggregate, shareable or redacted, is 'secret'")
                .hasMessageContaining("partitions (line 2): must be 1 or more")
                .hasMessageContaining("records (line 2): must name at least one record");
    }

    @Test
    void filesThatAreNoCatalogueAreToldSo() {
        refusedFile("", "must be a mapping");
        refusedFile("- a\n- b", "must be a mapping");
        refusedFile("a: [1\nb: 2", "(line 2): is not YAML");
        refusedFile("instruments:", "instruments (line 1): is missing");
        refusedFile("instruments: {phq9: }", "instruments.phq9 (line 1): is empty");
        refusedFile("instruments: {}\ninstruments: {}", "instruments (line 2): is there twice");
        refusedFile("instruments: {}\nother: 1", "other (line 2): is not a known key");
        refusedFile("? [a]\n: 1", "has a key that is not a name");
    }

    private static void refusedFile(String text, String reason) {
        assertThatThrownBy(() -> Instruments.read("x.yaml", new StringReader(text)))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("x.yaml")
                .hasMessageContaining(reason);
    }

    private static void refusedScale(String from, String to, String reason) {
        assertThatThrownBy(() -> Instruments.read("x.yaml", new StringReader(SCALE.replace(from, to))))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining(reason);
    }

    private static void refusedTreatment(String from, String to, String reason) {
        assertThatThrownBy(() -> Treatments.read("x.yaml", new StringReader(TREATMENT.replace(from, to))))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining(reason);
    }

    private static void refusedRule(String from, String to, String reason) {
        assertThatThrownBy(() -> AlertRules.read("x.yaml", new StringReader(RULE.replace(from, to))))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining(reason);
    }

    private static Reader file(String name) {
        return new InputStreamReader(
                Objects.requireNonNull(CatalogueTest.class.getResourceAsStream(name)), StandardCharsets.UTF_8);
    }
}
