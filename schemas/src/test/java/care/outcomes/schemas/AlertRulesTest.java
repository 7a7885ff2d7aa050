package care.outcomes.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import care.outcomes.schemas.record.Severity;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions of rules, overrides, and what is refused in a rule file. */
class AlertRulesTest {

    private static final String RULE = """
            rules:
              r:
                title: "A rule"
                version: "1"
                validFrom: 2025-01-01
                severity: REVIEW
                levels: {high: HIGH}
                fresh: PT72H
                only: [KETAMINE_IV]
                thresholds: {days: 10, percent: 20}
                byTreatment: {KETAMINE_IV: {days: 12}}
                byInstrument: {phq9: {percent: 25}}
                trigger: "a score"
                resolve: "another"
                text: "Please review {score}."
                versions:
                  - version: "2"
                    validFrom: 2025-06-01
                    thresholds: {days: 5, percent: 20}
                  - version: "3"
                    validFrom: 2025-09-01
                    enabled: false
            """;

    private static final LocalDate JANUARY = LocalDate.of(2025, 1, 1);

    private static AlertRules read(String text) {
        return AlertRules.read("rules.yaml", new StringReader(text));
    }

    private static RuleOverride days(String network, String clinic, LocalDate from, double days) {
        return RuleOverride.of(network, clinic, "r", from, Map.of("days", days));
    }

    @Test
    void aLaterVersionHasWhatDiffers() {
        List<AlertRule> versions = read(RULE).versions("r");
        assertThat(versions).extracting(AlertRule::version).containsExactly("1", "2", "3");
        assertThat(versions.get(1).text()).isEqualTo("Please review {score}.");
        assertThat(versions.get(1).numbers(null, null)).containsEntry("days", 5.0);
        assertThat(versions).extracting(AlertRule::enabled).containsExactly(true, true, false);
        assertThat(read(RULE).find("r")).contains(versions.get(2));
    }

    @Test
    void finerNumbersGoFirst() {
        AlertRule rule = read(RULE).versions("r").get(0);
        assertThat(rule.numbers("RTMS", "madrs")).containsEntry("days", 10.0).containsEntry("percent", 20.0);
        assertThat(rule.numbers("KETAMINE_IV", "phq9"))
                .containsEntry("days", 12.0)
                .containsEntry("percent", 25.0);
        assertThat(rule.severityOf("high")).isEqualTo(Severity.HIGH);
        assertThat(rule.severityOf("other")).isEqualTo(Severity.REVIEW);
        assertThat(rule.looksAt("KETAMINE_IV")).isTrue();
        assertThat(rule.looksAt("RTMS")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2024-12-31, -", "2025-01-01, 1", "2025-05-31, 1", "2025-06-01, 2", "2025-08-31, 2", "2025-09-01, -"})
    void aVersionIsInForceUntilTheNext(LocalDate day, String version) {
        Map<String, AlertRule> rules = read(RULE).forClinic("net", "C1", day);
        if (version.equals("-")) {
            assertThat(rules).isEmpty();
        } else {
            assertThat(rule(rules).version()).isEqualTo(version);
        }
    }

    @Test
    void overridesOfTheClinicGoBeforeThoseOfItsNetwork() {
        AlertRules rules = read(RULE)
                .with(List.of(
                        days("net", "*", JANUARY, 7),
                        days("net", "C1", LocalDate.of(2025, 2, 1), 8),
                        days("net", "C1", LocalDate.of(2025, 3, 1), 9),
                        days("other", "*", JANUARY, 99)));
        assertThat(inForce(rules, "C2", LocalDate.of(2025, 4, 1))).isEqualTo(7.0);
        assertThat(inForce(rules, "C1", LocalDate.of(2025, 1, 15))).isEqualTo(7.0);
        assertThat(inForce(rules, "C1", LocalDate.of(2025, 2, 15))).isEqualTo(8.0);
        assertThat(inForce(rules, "C1", LocalDate.of(2025, 3, 15))).isEqualTo(9.0);
        // They hold through a new version of the rule as well, for every treatment.
        assertThat(inForce(rules, "C1", LocalDate.of(2025, 7, 1))).isEqualTo(9.0);
        assertThat(rule(rules.forClinic("net", "C1", LocalDate.of(2025, 7, 1))).version())
                .isEqualTo("2+*@2025-01-01+C1@2025-03-01");
        assertThat(rule(read(RULE).forClinic("net", "C1", JANUARY)).version()).isEqualTo("1");
    }

    private static AlertRule rule(Map<String, AlertRule> rules) {
        return Objects.requireNonNull(rules.get("r"));
    }

    private static double inForce(AlertRules rules, String clinic, LocalDate day) {
        return rule(rules.forClinic("net", clinic, day))
                .numbers("KETAMINE_IV", null)
                .getOrDefault("days", Double.NaN);
    }

    @Test
    void anOverrideTurnsOffAndOn() {
        RuleOverride off = new RuleOverride("net", "*", "r", JANUARY, false, null, new TreeMap<>());
        RuleOverride on = new RuleOverride("net", "C1", "r", JANUARY, true, Severity.INFO, new TreeMap<>());
        AlertRules rules = read(RULE).with(List.of(off, on));
        assertThat(rules.forClinic("net", "C2", JANUARY)).isEmpty();
        AlertRule rule = rule(rules.forClinic("net", "C1", JANUARY));
        assertThat(rule.severityOf("high")).isEqualTo(Severity.INFO);
    }

    @Test
    void theOrderOfOverridesDecidesNothing() {
        RuleOverride one = days("net", "*", JANUARY, 7);
        RuleOverride other = days("net", "C1", JANUARY, 8);
        assertThat(read(RULE).with(List.of(one, other)))
                .isEqualTo(read(RULE).with(List.of(other, one)))
                .hasToString(read(RULE).with(List.of(other, one)).toString())
                .isNotEqualTo(read(RULE));
    }

    @Test
    void anOverrideOfNothingThatIsThereIsTold() {
        AlertRules rules = read(RULE);
        assertThat(rules.problem(days("net", "*", JANUARY, 7))).isEmpty();
        assertThat(rules.problem(days("net", "*", JANUARY, Double.NaN))).isPresent();
        assertThat(rules.problem(RuleOverride.of("net", "*", "q", JANUARY, Map.of())))
                .hasValueSatisfying(problem -> assertThat(problem).contains("no rule q"));
        assertThat(rules.problem(RuleOverride.of("net", "*", "r", JANUARY, Map.of("day", 1.0))))
                .hasValueSatisfying(problem -> assertThat(problem).contains("did you mean 'days'?"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{score} | {scoer} | rules.yaml: rules.r.text (line 15): names the unknown {scoer}",
                "trigger | triger | rules.r.trigger (line 3): is missing",
                "resolve: \"another\" | other: 1 | rules.r.resolve (line 3): is missing",
                "only: [KETAMINE_IV] | only: [KETAMIN_IV] | rules.r.only (line 9): names the unknown treatment",
                "KETAMINE_IV: {days | KETAMINE: {days | rules.r.byTreatment (line 11): names the unknown treatment",
                "{phq9: {percent | {phq99: {percent | rules.r.byInstrument (line 12): names the unknown instrument",
                "phq9: {percent | phq9: {percnt | has 'percnt', which is no threshold of the rule",
                "days: 10 | days: ten | rules.r.thresholds.days (line 10): must be a number",
                "high: HIGH | high: LOUD | rules.r.levels.high (line 7): must be INFO, REVIEW, HIGH or URGENT",
                "2025-06-01 | 2024-06-01 | rules.r.versions[0].validFrom (line 18): must be after 2025-01-01",
                "\"2\" | \"1\" | rules.r.versions[0].version (line 17): is there twice",
                "enabled: false | enabld: false | rules.r.versions[1].enabld (line 22): is not a known key",
                "title: \"A rule\" | titel: \"A rule\" | rules.r.title (line 3): is missing",
                "title: \"A rule\" | title: \"A {score}\" | rules.r.title (line 3): must be plain words of at most 40 characters",
            })
    void whatIsWrongIsToldWithItsPlace(String from, String to, String problem) {
        assertThat(RULE).contains(from);
        assertThatThrownBy(() -> read(RULE.replace(from, to)))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void everyRuleHasATitleOfItsOwn() {
        assertThat(AlertRules.load().byId().values())
                .extracting(AlertRule::title)
                .doesNotHaveDuplicates()
                .allMatch(title -> !title.isBlank() && title.length() <= 40);
        assertThat(AlertRules.load().title("reliable-deterioration")).isEqualTo("Reliable deterioration");
        assertThat(AlertRules.load().title("of-another-release")).isEqualTo("of-another-release");
    }

    @Test
    void aSitesRuleKeepsTheShippedTitleUnlessItHasItsOwn(@TempDir Path folder) throws IOException {
        String rule = """
                rules:
                  drop-out-risk:
                    version: "site"
                    validFrom: 2025-01-01
                    severity: INFO
                    fresh: PT72H
                    thresholds: {days: 10}
                    trigger: "no contact"
                    resolve: "contact"
                    text: "Please review {days}."
                """;
        try {
            Files.writeString(folder.resolve("rules.yaml"), rule);
            CatalogueFolder.use(folder);
            assertThat(AlertRules.load().title("drop-out-risk")).isEqualTo("Drop out risk");
            Files.writeString(folder.resolve("rules.yaml"), rule + "    title: \"Please call\"\n");
            CatalogueFolder.use(folder);
            assertThat(AlertRules.load().title("drop-out-risk")).isEqualTo("Please call");
        } finally {
            CatalogueFolder.none();
        }
    }

    @Test
    void aSitesRuleHasAllNumbersOfTheOneItReplaces(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("rules.yaml"), """
                rules:
                  drop-out-risk:
                    version: "site"
                    validFrom: 2025-01-01
                    severity: INFO
                    fresh: PT72H
                    trigger: "no contact"
                    resolve: "contact"
                    text: "Please review {days}."
                """);
        assertThatThrownBy(() -> CatalogueFolder.use(folder))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("rules.drop-out-risk.thresholds")
                .hasMessageContaining("lack days, which the rule works with");
        CatalogueFolder.none();
    }
}
