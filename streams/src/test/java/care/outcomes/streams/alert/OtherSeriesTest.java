package care.outcomes.streams.alert;

import static care.outcomes.streams.alert.InAnyOrder.alerts;
import static care.outcomes.streams.alert.InAnyOrder.ends;
import static care.outcomes.streams.alert.InAnyOrder.stands;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.streams.PatientFacts;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Non-response in treatments other than ketamine, by their own tables (domain.md §3.3). */
class OtherSeriesTest {

    private static PatientFacts daily(String treatment, int doses) {
        return new PatientFacts()
                .score("phq9", 0, 20)
                .dose(treatment, IntStream.range(0, doses).toArray());
    }

    @ParameterizedTest
    @CsvSource({
        "RTMS, 10, early-non-improvement",
        "RTMS, 20, non-response-review",
        "RTMS, 30, non-response-firm",
        "ITBS, 20, non-response-review",
        "ACCELERATED_TMS, 30, non-response-review",
        "ECT, 4, early-non-improvement",
        "ECT, 6, non-response-review",
        "ECT, 8, non-response-firm",
        "ESKETAMINE_IN, 4, early-non-improvement",
        "ESKETAMINE_IN, 8, non-response-review",
        "ESKETAMINE_IN, 8, non-response-end-of-series",
    })
    void tiersAreCountedInTheDosesOfTheTreatment(String treatment, int dose, String rule) {
        PatientFacts facts = daily(treatment, dose).score("phq9", 1, 20).score("phq9", dose, 17);
        assertThat(alerts(facts, dose, rule)).hasSize(1);
        PatientFacts before = daily(treatment, dose - 1).score("phq9", 1, 20).score("phq9", dose, 17);
        assertThat(alerts(before, dose, rule)).isEmpty();
        PatientFacts improved = daily(treatment, dose).score("phq9", 1, 20).score("phq9", dose, 10);
        assertThat(alerts(improved, dose, rule)).isEmpty();
    }

    @Test
    void lateInASeriesTheLatestScoreDecides() {
        PatientFacts facts = daily("ESKETAMINE_IN", 8).score("phq9", 3, 12).score("phq9", 8, 18);
        assertThat(alerts(facts, 8, "non-response-review")).hasSize(1);
    }

    @Test
    void medicationIsLookedAtAfterFourWeeks() {
        PatientFacts facts = new PatientFacts().score("phq9", 0, 20).dose("ANTIDEPRESSANT", 0);
        facts.score("phq9", 20, 17);
        assertThat(stands(facts, 27, "non-response-by-time")).isFalse();
        assertThat(stands(facts, 28, "non-response-by-time")).isTrue();
        facts.score("phq9", 40, 16);
        assertThat(ends(facts, 40, "non-response-by-time")).containsExactly("IMPROVED");
    }

    @ParameterizedTest
    @CsvSource({"20, 16, false", "20, 17, true", "13, 17, false", "14, 17, true", "42, 17, true", "43, 17, false"})
    void theScoreThatDecidesLiesCloseToTheLook(int day, int score, boolean alert) {
        PatientFacts facts = new PatientFacts()
                .score("phq9", 0, 20)
                .dose("ANTIDEPRESSANT", 0)
                .score("phq9", day, score);
        assertThat(alerts(facts, 45, "non-response-by-time")).hasSize(alert ? 1 : 0);
    }

    @Test
    void afterEightWeeksResponseIsExpected() {
        PatientFacts facts = new PatientFacts().score("phq9", 0, 20).dose("ANTIDEPRESSANT", 0);
        facts.score("phq9", 27, 15).score("phq9", 55, 11);
        assertThat(ends(facts, 56, "non-response-by-time")).containsExactly("OPEN");
        facts.score("phq9", 60, 10);
        assertThat(ends(facts, 60, "non-response-by-time")).containsExactly("IMPROVED");
    }

    @Test
    void aMissingScoreIsNoNonResponse() {
        PatientFacts facts =
                new PatientFacts().score("phq9", 0, 20).dose("PSYCHOTHERAPY", 0).visit(20, 40);
        assertThat(alerts(facts, 90, "non-response-by-time")).isEmpty();
    }
}
