package care.outcomes.streams.alert;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.Timing;
import care.outcomes.streams.PatientFacts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A six-infusion series on days 0, 3, 7, 10, 14, 17 (domain.md §3.3). */
class NonResponseTest {

    private static PatientFacts series(int... scores) {
        int[] after = {2, 5, 9, 12, 16, 19};
        PatientFacts facts = new PatientFacts().score("phq9", 0, 20).dose("KETAMINE_IV", 0, 3, 7, 10, 14, 17);
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] >= 0) {
                facts.score("phq9", after[i], scores[i]);
            }
        }
        return facts;
    }

    private static List<String> rules(PatientFacts facts, int day) {
        return facts.upTo(day).alerts().stream()
                .filter(a -> a.rule().startsWith("non-")
                        || a.rule().startsWith("early")
                        || a.rule().startsWith("insuf"))
                .filter(Alert::open)
                .map(Alert::rule)
                .sorted()
                .toList();
    }

    @Test
    void eachTierArisesWithItsScore() {
        PatientFacts facts = series(20, 19, 18, 17, 19, 18);
        assertThat(rules(facts, 4)).isEmpty();
        assertThat(rules(facts, 5)).containsExactly("early-non-improvement");
        assertThat(rules(facts, 9)).containsExactly("early-non-improvement", "non-response-review");
        assertThat(rules(facts, 12))
                .containsExactly("early-non-improvement", "non-response-firm", "non-response-review");
        assertThat(rules(facts, 19))
                .containsExactly(
                        "early-non-improvement",
                        "non-response-end-of-series",
                        "non-response-firm",
                        "non-response-review");
    }

    @Test
    void oneImprovementAmongTheFirstThreeCallsForNoReview() {
        assertThat(rules(series(16, 19, 18), 9)).containsExactly("early-non-improvement");
        assertThat(rules(series(17, 19, 18), 9)).contains("non-response-review");
    }

    @Test
    void improvementEndsTheGround() {
        Alert review = series(20, 19, 18, 12).upTo(12).alerts().stream()
                .filter(a -> a.rule().equals("non-response-review"))
                .findFirst()
                .orElseThrow();
        assertThat(review.open()).isFalse();
        assertThat(review.endReason()).isEqualTo("IMPROVED");
        assertThat(review.evidence()).hasSize(4);
        assertThat(review.text()).contains("phq9", "20 to 18", "10 %", "dose 3").doesNotContain("{");
    }

    @Test
    void missingScoresAreNotNonImprovement() {
        assertThat(rules(series(-1, -1, 18), 9)).isEmpty();
        assertThat(rules(series(-1, -1, 18), 10)).containsExactly("insufficient-measurement");
        assertThat(rules(series(-1, 19, 18), 10)).containsExactly("early-non-improvement", "non-response-review");
    }

    @Test
    void insufficientMeasurementWaitsForTheScoreWhenNoDoseFollows() {
        PatientFacts facts = new PatientFacts().score("phq9", 0, 20).dose("KETAMINE_IV", 0, 3, 7);
        assertThat(rules(facts, 14)).isEmpty();
        assertThat(rules(facts, 15)).containsExactly("insufficient-measurement");
    }

    @Test
    void preDoseScoreOnTheDayOfTheThirdDoseTellsAboutTheSecond() {
        PatientFacts facts = new PatientFacts()
                .score("phq9", 0, 20)
                .dose("KETAMINE_IV", 0, 3, 7)
                .score("phq9", 2, 20)
                .timing(Timing.PRE)
                .score("phq9", 7, 19);
        assertThat(rules(facts, 8)).containsExactly("early-non-improvement");
    }

    @Test
    void withdrawnDoseShiftsTheTiers() {
        PatientFacts facts = series(20, 19, 18);
        assertThat(rules(facts, 9)).contains("non-response-review");
        // Without the second dose the third score tells about dose two.
        assertThat(rules(facts.without(3), 9)).doesNotContain("non-response-review");
    }

    @Test
    void sameGroundHasTheSameIdWhateverElseIsKnown() {
        String id = series(20, 19, 18).upTo(9).alerts().get(0).alertId();
        assertThat(series(20, 19, 18).visit(4).upTo(9).alerts())
                .extracting(Alert::alertId)
                .contains(id);
    }

    @Test
    void reviewIsEndOfSeriesForAPartialResponder() {
        assertThat(rules(series(15, 14, 13, 13, 12, 12), 19)).containsExactly("non-response-end-of-series");
        assertThat(rules(series(15, 14, 13, 13, 12, 10), 19)).isEmpty();
    }

    @Test
    void relapseInMaintenanceIsNotNonResponse() {
        PatientFacts facts = series(15, 12, 10, 9, 8, 6).dose("KETAMINE_IV", 40).score("phq9", 45, 20);
        assertThat(rules(facts, 50)).isEmpty();
    }
}
