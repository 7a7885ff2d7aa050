package care.outcomes.streams.alert;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.RuleOverride;
import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.record.Severity;
import care.outcomes.streams.Kernel;
import care.outcomes.streams.PatientFacts;
import care.outcomes.streams.measure.QualityMeasures;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Versions of rules, and what networks and clinics want otherwise. */
class RuleVersionsTest {

    static final AlertRules SHIPPED = AlertRules.load();
    private static final LocalDate DAY_0 = LocalDate.ofEpochDay(PatientFacts.DAY_0);
    private static final String RULE = "drop-out-risk";

    static Kernel kernel(AlertRules rules) {
        return new Kernel(Instruments.load(), Treatments.load(), rules, RateRules.load(), QualityMeasures.load());
    }

    /** Infusions on days 0 and 40: days without contact from day 22 on under the shipped rule. */
    private static PatientFacts course() {
        return new PatientFacts().score("phq9", 0, 20).dose("KETAMINE_IV", 0, 40);
    }

    private static RuleOverride days(String clinic, int fromDay, double days) {
        return RuleOverride.of("net", clinic, RULE, DAY_0.plusDays(fromDay), Map.of("days", days));
    }

    @Test
    void theVersionInForceWhenTheGroundAroseIsTheAlerts() throws IOException {
        try (Reader file = new InputStreamReader(
                Objects.requireNonNull(RuleVersionsTest.class.getResourceAsStream("two-versions.yaml")),
                StandardCharsets.UTF_8)) {
            Kernel kernel = kernel(AlertRules.read("two-versions.yaml", file));
            // Before 20 January 2025 ten days, from then on five.
            assertThat(InAnyOrder.alerts(kernel, course(), 11, RULE))
                    .singleElement()
                    .satisfies(alert -> {
                        assertThat(alert.ruleVersion()).isEqualTo("1");
                        assertThat(alert.thresholds()).containsEntry("days", 10.0);
                    });
            PatientFacts later = course().dose("KETAMINE_IV", 60);
            assertThat(InAnyOrder.alerts(kernel, later, 50, RULE))
                    .extracting(Alert::ruleVersion)
                    .containsExactlyInAnyOrder("1", "2");
        }
    }

    @Test
    void aGroundThatStandsIsNotToldAgainByTheNextVersion() {
        Kernel kernel = kernel(SHIPPED.with(List.of(days("*", 30, 25))));
        assertThat(InAnyOrder.alerts(kernel, course(), 35, RULE))
                .extracting(Alert::ruleVersion)
                .containsExactly("1");
    }

    @Test
    void aClinicGoesBeforeItsNetworkAndOthersAreNotConcerned() {
        AlertRules rules = SHIPPED.with(List.of(days("*", -10, 10), days("C1", -10, 5), days("C2", -10, 3)));
        assertThat(InAnyOrder.alerts(kernel(rules), course(), 39, RULE))
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.openedAt()).isEqualTo((PatientFacts.DAY_0 + 6) * 86_400_000L);
                    assertThat(alert.ruleVersion()).startsWith("1+").contains("C1@");
                });
        PatientFacts elsewhere =
                new PatientFacts().clinic("C3").score("phq9", 0, 20).dose("KETAMINE_IV", 0, 40);
        assertThat(InAnyOrder.alerts(kernel(rules), elsewhere, 39, RULE))
                .extracting(Alert::openedAt)
                .containsExactly((PatientFacts.DAY_0 + 11) * 86_400_000L);
    }

    @Test
    void aRuleCanBeTurnedOffFromADayOn() {
        RuleOverride off = new RuleOverride("net", "*", RULE, DAY_0.plusDays(30), false, null, new TreeMap<>());
        PatientFacts facts = course().planned(9).dose("KETAMINE_IV", 41).visit(70);
        Kernel kernel = kernel(SHIPPED.with(List.of(off)));
        assertThat(InAnyOrder.alerts(kernel, facts, 65, RULE))
                .extracting(Alert::endReason)
                .containsExactly("CONTACT");
        assertThat(InAnyOrder.alerts(facts, 65, RULE)).hasSize(2);
    }

    @Test
    void aSeverityOfTheClinicCountsForEveryLevel() {
        RuleOverride graver =
                new RuleOverride("net", "C1", "suicidality", DAY_0, null, Severity.URGENT, new TreeMap<>());
        PatientFacts facts = new PatientFacts().suicide("phq9", 0, 1, true);
        assertThat(InAnyOrder.alerts(kernel(SHIPPED.with(List.of(graver))), facts, 0, "suicidality"))
                .extracting(Alert::severity)
                .containsExactly(Severity.URGENT);
    }

    @Test
    void E70_aThresholdThatChangesInTheMiddleOfACourseTellsNothingTwice() {
        PatientFacts facts = new PatientFacts().score("phq9", 0, 20).dose("KETAMINE_IV", 0, 3, 7, 10);
        facts.score("phq9", 2, 17).score("phq9", 5, 17).score("phq9", 9, 17).score("phq9", 12, 17);
        RuleOverride stricter = RuleOverride.of(
                "net", "*", "non-response-review", DAY_0.plusDays(8), Map.of("improvementPercent", 30.0));
        RuleOverride later = RuleOverride.of(
                "net", "*", "non-response-review", DAY_0.plusDays(10), Map.of("improvementPercent", 30.0));
        for (RuleOverride override : List.of(stricter, later)) {
            Kernel kernel = kernel(SHIPPED.with(List.of(override)));
            assertThat(InAnyOrder.alerts(kernel, facts, 12, "non-response-review"))
                    .hasSize(1);
            assertThat(kernel.ruleset()).isNotEqualTo(PatientFacts.KERNEL.ruleset());
        }
    }

    @Test
    void theRulesetChangesWithAnyWordOrNumber() {
        String shipped = kernel(SHIPPED).ruleset();
        assertThat(kernel(AlertRules.load()).ruleset()).isEqualTo(shipped);
        assertThat(kernel(SHIPPED.with(List.of(days("C1", 0, 20)))).ruleset()).isNotEqualTo(shipped);
        String rule =
                "rules: {x: {title: T, version: '1', validFrom: 2020-01-01, severity: INFO, fresh: PT1H, thresholds: {n: 1},"
                        + " trigger: t, resolve: r, text: 'Please review.'}}";
        String one = kernel(read(rule)).ruleset();
        assertThat(kernel(read(rule.replace("n: 1", "n: 2"))).ruleset()).isNotEqualTo(one);
        assertThat(kernel(read(rule.replace("Please", "Kindly"))).ruleset()).isNotEqualTo(one);
        assertThat(kernel(read(rule.replace("PT1H", "PT2H"))).ruleset()).isNotEqualTo(one);
        assertThat(kernel(read(rule)).ruleset()).isEqualTo(one);
    }

    private static AlertRules read(String text) {
        return AlertRules.read("r.yaml", new java.io.StringReader(text));
    }
}
