package care.outcomes.deploy.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthCheckTest {

    private static final String TRUTH = """
            {"rules": ["suicidality", "baseline-missing"],
             "patients": [
               {"patient": "P1", "alerts": [{"rule": "suicidality", "on": "2025-03-01", "ahead": 4},
                                            {"rule": "suicidality", "on": "2025-03-08", "ahead": 7}]},
               {"patient": "P2", "alerts": []}],
             "clinics": [{"clinic": "C1", "silent": true, "lastDay": "2025-02-01", "garbled": 2}]}
            """;

    @TempDir
    Path folder = Path.of(".");

    @Test
    void whatMustComeAndComesIsExact() throws IOException {
        TruthReport report = compare(
                "k1 suicidality 2025-03-01",
                "k1 suicidality 2025-03-08",
                "C1 feed-silent 2025-02-16",
                "k1 relapse 2025-03-09");
        assertThat(report.exact()).isTrue();
        assertThat(score(report, "suicidality").leadDays()).isEqualTo(5.5);
        assertThat(report.text()).contains("suicidality").doesNotContain("missed", "wrong");
    }

    @Test
    void anAlertThatIsMissingOrOfAnotherDayIsSeen() throws IOException {
        TruthReport report =
                compare("k1 suicidality 2025-03-01", "k1 suicidality 2025-03-09", "C1 feed-silent 2025-02-16");
        RuleScore score = score(report, "suicidality");
        assertThat(report.exact()).isFalse();
        assertThat(score.recall()).isEqualTo(0.5);
        assertThat(score.precision()).isEqualTo(0.5);
        assertThat(score.missed()).containsExactly("P1 on 2025-03-08");
        assertThat(score.wrong()).containsExactly("P1 on 2025-03-09");
    }

    @Test
    void anAlertThatMustNotBeIsSeen() throws IOException {
        TruthReport report = compare(
                "k1 suicidality 2025-03-01",
                "k1 suicidality 2025-03-08",
                "C1 feed-silent 2025-02-16",
                "k2 baseline-missing 2025-01-01");
        assertThat(report.exact()).isFalse();
        assertThat(score(report, "baseline-missing").wrong()).containsExactly("P2 on 2025-01-01");
    }

    @Test
    void aClinicThatIsNotToldToBeSilentIsSeen() throws IOException {
        TruthReport report = compare("k1 suicidality 2025-03-01", "k1 suicidality 2025-03-08");
        assertThat(report.exact()).isFalse();
        assertThat(score(report, "feed-silent").missed()).containsExactly("C1");
    }

    private TruthReport compare(String... alerts) throws IOException {
        Path truth = Files.writeString(folder.resolve("truth.json"), TRUTH);
        Files.writeString(folder.resolve("identities.csv"), "patientKey,sourceId\nk1,P1\nk2,P2\n");
        Files.writeString(folder.resolve("summary.json"), "{\"rejected\": {\"TOTAL_OUT_OF_RANGE\": 2}}");
        StringBuilder lines = new StringBuilder();
        for (String alert : alerts) {
            String[] words = alert.split(" ", -1);
            boolean clinic = words[0].startsWith("C");
            lines.append(String.format(
                    "{\"rule\": \"%s\", \"patientKey\": %s, \"clinicId\": \"C1\", \"openedAt\": \"%sT10:00:00Z\","
                            + " \"endedAt\": null}%n",
                    words[1], clinic ? "null" : "\"" + words[0] + "\"", words[2]));
        }
        Files.writeString(folder.resolve("alerts.ndjson"), lines);
        return TruthCheck.compare(truth, folder);
    }

    private static RuleScore score(TruthReport report, String rule) {
        return report.rules().stream()
                .filter(score -> score.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }
}
