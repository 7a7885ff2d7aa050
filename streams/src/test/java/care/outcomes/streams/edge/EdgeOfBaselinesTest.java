package care.outcomes.streams.edge;

import static care.outcomes.streams.PatientFacts.DAY_0;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.CourseStatus;
import care.outcomes.schemas.record.Timing;
import care.outcomes.streams.PatientFacts;
import care.outcomes.streams.alert.Alert;
import care.outcomes.streams.outcome.Baseline;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.CourseOutcome.Exclusion;
import care.outcomes.streams.outcome.FollowUp;
import org.junit.jupiter.api.Test;

/** What a course is measured against: E31 to E39 of the domain's edge cases. */
class EdgeOfBaselinesTest {

    @Test
    void E31_withoutABaselineNoFollowUpTakesItsPlace() {
        CourseOutcome outcome = only(new PatientFacts()
                .dose("KETAMINE_IV", 1, 4)
                .score("phq9", 8, 20)
                .score("phq9", 9, 8));
        assertThat(outcome.baseline()).isNull();
        assertThat(outcome.exclusion()).isEqualTo(Exclusion.NO_BASELINE);
        assertThat(outcome.followUps()).extracting(FollowUp::status).containsOnly(CourseStatus.NO_BASELINE);
    }

    @Test
    void E32_aScoreAfterTheFirstDoseIsNoBaseline() {
        PatientFacts facts =
                new PatientFacts().at(600).dose("KETAMINE_IV", 1).at(660).score("phq9", 1, 20);
        assertThat(only(facts).baseline()).isNull();
        PatientFacts marked =
                new PatientFacts().dose("KETAMINE_IV", 1).timing(Timing.POST).score("phq9", 1, 20);
        assertThat(only(marked).baseline()).isNull();
    }

    @Test
    void E33_aStaleScoreIsNoBaseline() {
        assertThat(only(new PatientFacts().score("phq9", -40, 20).dose("KETAMINE_IV", 0))
                        .exclusion())
                .isEqualTo(Exclusion.NO_BASELINE);
        assertThat(only(new PatientFacts().score("phq9", -14, 20).dose("KETAMINE_IV", 0))
                        .exclusion())
                .isNull();
        assertThat(only(new PatientFacts().score("phq9", -15, 20).dose("KETAMINE_IV", 0))
                        .exclusion())
                .isEqualTo(Exclusion.NO_BASELINE);
    }

    @Test
    void E34_ofSeveralScoresTheLastBeforeTheDoseIsTheBaseline() {
        CourseOutcome outcome = only(new PatientFacts()
                .score("phq9", -9, 25)
                .score("phq9", -1, 18)
                .score("phq9", -5, 22)
                .dose("KETAMINE_IV", 0));
        assertThat(outcome.baseline())
                .extracting(Baseline::score, Baseline::day)
                .containsExactly(18, DAY_0 - 1);
    }

    @Test
    void E35_aBaselineOfZeroCannotBeEvaluated() {
        CourseOutcome outcome = only(
                new PatientFacts().score("phq9", -1, 0).dose("KETAMINE_IV", 0).score("phq9", 7, 9));
        assertThat(outcome.exclusion()).isEqualTo(Exclusion.ZERO_BASELINE);
        assertThat(outcome.followUps()).extracting(FollowUp::status).containsExactly(CourseStatus.NOT_EVALUABLE);
    }

    @Test
    void E36_belowTheFloorIsOutsideRatesButStillAlerts() {
        PatientFacts facts =
                new PatientFacts().score("phq9", -1, 6).dose("KETAMINE_IV", 0).score("phq9", 7, 14);
        CourseOutcome outcome = only(facts);
        assertThat(outcome.exclusion()).isEqualTo(Exclusion.BELOW_FLOOR);
        assertThat(outcome.followUps()).extracting(FollowUp::status).containsExactly(CourseStatus.WORSE);
        assertThat(facts.upTo(10).alerts()).extracting(Alert::rule).contains("reliable-deterioration");
    }

    @Test
    void E37_whoIsInRemissionAtTheBaselineIsInNoRemissionRate() {
        CourseOutcome outcome = only(
                new PatientFacts().score("phq9", -1, 4).dose("KETAMINE_IV", 0).score("phq9", 7, 2));
        assertThat(outcome.evaluable()).isFalse();
        assertThat(outcome.exclusion()).isEqualTo(Exclusion.BELOW_FLOOR);
    }

    @Test
    void E38_aProratedBaselineCountsAndIsMarked() {
        CourseOutcome outcome = only(new PatientFacts()
                .prorated(true)
                .score("phq9", -1, 20)
                .prorated(false)
                .dose("KETAMINE_IV", 0)
                .score("phq9", 7, 9));
        assertThat(outcome.evaluable()).isTrue();
        assertThat(outcome.baseline()).extracting(Baseline::prorated).isEqualTo(true);
        assertThat(outcome.followUps()).extracting(FollowUp::status).containsExactly(CourseStatus.RESPONSE);
    }

    @Test
    void E39_aBaselineThatComesLateEvaluatesWhatWasScoredBefore() {
        PatientFacts facts = new PatientFacts().dose("KETAMINE_IV", 0, 3, 7, 10, 14, 17);
        for (int day : new int[] {2, 6, 9, 13, 16, 18}) {
            facts.score("phq9", day, 19);
        }
        assertThat(only(facts).exclusion()).isEqualTo(Exclusion.NO_BASELINE);
        assertThat(facts.upTo(20).alerts()).extracting(Alert::rule).doesNotContain("non-response-review");

        facts.score("phq9", -1, 20);
        assertThat(only(facts).followUps()).extracting(FollowUp::status).containsOnly(CourseStatus.MINIMAL);
        assertThat(facts.upTo(20).alerts()).extracting(Alert::rule).contains("non-response-review");
    }

    private static CourseOutcome only(PatientFacts facts) {
        assertThat(facts.upTo(20).outcomes()).hasSize(1);
        return facts.upTo(20).outcomes().get(0);
    }
}
