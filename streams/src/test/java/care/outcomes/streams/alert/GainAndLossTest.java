package care.outcomes.streams.alert;

import static care.outcomes.streams.alert.InAnyOrder.alerts;
import static care.outcomes.streams.alert.InAnyOrder.ends;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.schemas.record.Severity;
import care.outcomes.streams.PatientFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is gained, held and lost: early gain, remission, loss of response, relapse, deterioration, boosters. */
class GainAndLossTest {

    private static PatientFacts course() {
        return new PatientFacts().score("phq9", 0, 20).dose("KETAMINE_IV", 0, 3, 7, 10, 14, 17);
    }

    @ParameterizedTest
    @CsvSource({"10, 1, 0", "11, 0, 1", "16, 0, 1", "17, 0, 0"})
    void earlyGain(int score, int responders, int improvers) {
        PatientFacts facts = course().score("phq9", 5, score);
        assertThat(alerts(facts, 5, "early-responder")).hasSize(responders);
        assertThat(alerts(facts, 5, "early-improver")).hasSize(improvers);
    }

    @Test
    void earlyGainIsOverWithTheEarlyDoses() {
        assertThat(ends(course().score("phq9", 5, 10), 7, "early-responder")).containsExactly("EARLY_DOSES_OVER");
        assertThat(alerts(course().score("phq9", 9, 10), 9, "early-responder")).isEmpty();
        assertThat(ends(course().score("phq9", 2, 16).score("phq9", 3, 8), 4, "early-improver"))
                .containsExactly("RESPONSE");
        assertThat(ends(course().score("phq9", 2, 16).score("phq9", 3, 19), 4, "early-improver"))
                .containsExactly("NOT_HELD");
    }

    @Test
    void remissionIsSustainedOverTwoDaysAndLostByRelapse() {
        PatientFacts facts = course().score("phq9", 19, 4);
        assertThat(alerts(facts, 25, "sustained-remission")).isEmpty();
        facts.score("phq9", 24, 3);
        assertThat(ends(facts, 25, "sustained-remission")).containsExactly("OPEN");
        facts.score("phq9", 30, 5);
        assertThat(ends(facts, 30, "sustained-remission")).containsExactly("OPEN");
        facts.score("phq9", 40, 15);
        assertThat(ends(facts, 40, "sustained-remission")).containsExactly("RELAPSED");
    }

    @Test
    void oneScoreWithoutResponseWarnsAndTwoAreTheLoss() {
        PatientFacts facts = course().score("phq9", 19, 10).score("phq9", 24, 11);
        assertThat(alerts(facts, 24, "loss-of-response"))
                .extracting(Alert::severity)
                .containsExactly(Severity.INFO);
        String id = alerts(facts, 24, "loss-of-response").get(0).alertId();
        facts.score("phq9", 30, 12);
        assertThat(alerts(facts, 30, "loss-of-response")).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(Severity.REVIEW);
            assertThat(alert.alertId()).isEqualTo(id);
            assertThat(alert.evidence()).hasSize(3);
        });
        facts.score("phq9", 36, 10);
        assertThat(ends(facts, 36, "loss-of-response")).containsExactly("RESPONSE");
        assertThat(alerts(course().score("phq9", 19, 11), 19, "loss-of-response"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"4, 9, 0", "4, 10, 1", "5, 10, 0", "5, 11, 1"})
    void relapseByOneRise(int best, int score, int alerts) {
        PatientFacts facts = course().score("phq9", 19, best).score("phq9", 24, score);
        // 10 of 20 is response still, from which there is no relapse.
        assertThat(alerts(facts, 24, "relapse")).hasSize(score <= 10 ? 0 : alerts);
    }

    @ParameterizedTest
    @CsvSource({"4, 0", "5, 1"})
    void relapseByTwoScores(int gap, int alerts) {
        PatientFacts facts = course().score("phq9", 19, 9).score("phq9", 24, 12).score("phq9", 24 + gap, 12);
        assertThat(alerts(facts, 40, "relapse")).hasSize(alerts);
        facts.score("phq9", 39, 9);
        assertThat(ends(facts, 40, "relapse")).hasSize(alerts).allMatch("RESPONSE"::equals);
    }

    @Test
    void E63_admissionAfterResponseIsRelapse() {
        PatientFacts facts = course().score("phq9", 19, 8).event(PatientFactKind.ADMISSION, 25, null);
        assertThat(alerts(facts, 24, "relapse")).isEmpty();
        assertThat(alerts(facts, 25, "relapse"))
                .singleElement()
                .satisfies(alert ->
                        assertThat(alert.evidence()).extracting(Evidence::kind).contains("ADMISSION"));
        facts.score("phq9", 30, 9);
        assertThat(ends(facts, 30, "relapse")).containsExactly("RESPONSE");
        PatientFacts never = course().score("phq9", 19, 15).event(PatientFactKind.ADMISSION, 25, null);
        assertThat(alerts(never, 40, "relapse")).isEmpty();
    }

    @Test
    void deteriorationIsToldOnceThoughScoresLieAroundTheLimit() {
        PatientFacts facts = new PatientFacts().score("phq9", 0, 12).dose("KETAMINE_IV", 0);
        facts.score("phq9", 3, 17);
        assertThat(alerts(facts, 3, "reliable-deterioration")).isEmpty();
        facts.score("phq9", 5, 18).score("phq9", 7, 17).score("phq9", 9, 18).score("phq9", 11, 15);
        assertThat(ends(facts, 11, "reliable-deterioration")).containsExactly("OPEN");
        facts.score("phq9", 13, 14);
        assertThat(ends(facts, 13, "reliable-deterioration")).containsExactly("IMPROVED");
    }

    @Test
    void aRiseAfterAHeldResponseInMaintenance() {
        PatientFacts facts = course().score("phq9", 19, 4).score("phq9", 24, 4).score("phq9", 30, 8);
        assertThat(alerts(facts, 30, "booster-candidate")).isEmpty();
        facts.score("phq9", 32, 9);
        assertThat(ends(facts, 32, "booster-candidate")).containsExactly("OPEN");
        assertThat(ends(facts.dose("KETAMINE_IV", 35), 35, "booster-candidate")).containsExactly("DOSE_GIVEN");
        PatientFacts better = course().score("phq9", 19, 4).score("phq9", 24, 4).score("phq9", 32, 9);
        assertThat(ends(better.score("phq9", 35, 8), 35, "booster-candidate")).containsExactly("IMPROVED");
    }

    @Test
    void noBoosterWhileInductionGoesOnOrResponseWasNotHeld() {
        PatientFacts induction = new PatientFacts().score("phq9", 0, 20).dose("KETAMINE_IV", 0, 3);
        induction.score("phq9", 5, 4).score("phq9", 8, 4).score("phq9", 10, 10);
        assertThat(alerts(induction, 10, "booster-candidate")).isEmpty();
        PatientFacts once = course().score("phq9", 19, 4).score("phq9", 24, 11).score("phq9", 30, 12);
        assertThat(alerts(once, 30, "booster-candidate")).isEmpty();
    }

    @Test
    void aPartialResponseThatDoesNotMoveAtOneDose() {
        PatientFacts facts =
                new PatientFacts().amount(40.0, 80.0).score("phq9", 0, 20).dose("KETAMINE_IV", 0, 3, 7, 10);
        facts.score("phq9", 2, 15).score("phq9", 5, 13);
        assertThat(alerts(facts, 5, "partial-plateau")).isEmpty();
        facts.score("phq9", 9, 14);
        assertThat(ends(facts, 9, "partial-plateau")).containsExactly("OPEN");
        assertThat(ends(facts.score("phq9", 12, 10), 12, "partial-plateau")).containsExactly("RESPONSE");
    }

    @Test
    void aPlateauNeedsTheSameKnownDoseAndScoresCloseTogether() {
        PatientFacts unknown = new PatientFacts().score("phq9", 0, 20).dose("KETAMINE_IV", 0, 3, 7);
        unknown.score("phq9", 2, 15).score("phq9", 5, 14).score("phq9", 9, 14);
        assertThat(alerts(unknown, 9, "partial-plateau")).isEmpty();
        PatientFacts changed =
                new PatientFacts().amount(40.0, 80.0).score("phq9", 0, 20).dose("KETAMINE_IV", 0);
        changed.amount(60.0, 80.0).dose("KETAMINE_IV", 3, 7);
        changed.score("phq9", 2, 15).score("phq9", 5, 14).score("phq9", 9, 14);
        assertThat(alerts(changed, 9, "partial-plateau")).isEmpty();
        changed.dose("KETAMINE_IV", 10).score("phq9", 12, 14);
        assertThat(alerts(changed, 12, "partial-plateau")).hasSize(1);
        assertThat(ends(changed.amount(80.0, 80.0).dose("KETAMINE_IV", 14), 14, "partial-plateau"))
                .containsExactly("DOSE_CHANGED");
        PatientFacts moving = new PatientFacts().amount(40.0, 80.0).score("madrs", 0, 40);
        moving.dose("KETAMINE_IV", 0, 3, 7)
                .score("madrs", 2, 30)
                .score("madrs", 5, 24)
                .score("madrs", 9, 30);
        assertThat(alerts(moving, 9, "partial-plateau")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"84, 11, 1", "84, 10, 0", "56, 11, 0"})
    void atTheCapWithoutResponse(double mg, int score, int alerts) {
        PatientFacts facts =
                new PatientFacts().amount(mg, null).score("phq9", 0, 20).dose("ESKETAMINE_IN", 0, 3);
        assertThat(alerts(facts.score("phq9", 5, score), 5, "at-cap-not-responding"))
                .hasSize(alerts);
    }

    @Test
    void theCapIsReachedTwiceAndLeft() {
        PatientFacts facts =
                new PatientFacts().amount(80.0, 80.0).score("phq9", 0, 20).dose("KETAMINE_IV", 0);
        facts.score("phq9", 2, 20);
        assertThat(alerts(facts, 2, "at-cap-not-responding")).isEmpty();
        facts.amount(80.0, null).dose("KETAMINE_IV", 3).score("phq9", 5, 20);
        assertThat(ends(facts, 5, "at-cap-not-responding")).containsExactly("OPEN");
        assertThat(ends(facts.amount(60.0, null).dose("KETAMINE_IV", 7), 7, "at-cap-not-responding"))
                .containsExactly("DOSE_CHANGED");
    }
}
