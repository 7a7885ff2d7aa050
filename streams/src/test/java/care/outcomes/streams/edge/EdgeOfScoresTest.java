package care.outcomes.streams.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import care.outcomes.schemas.record.Severity;
import care.outcomes.streams.PatientFacts;
import care.outcomes.streams.alert.Alert;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.CourseOutcome.Exclusion;
import care.outcomes.streams.outcome.FollowUp;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scores that contradict each other and scales that change: E16, E57 and E58 of the domain's edge cases. */
class EdgeOfScoresTest {

    @Test
    void E16_ofTwoSourcesTheTrustedOneDecidesAndTheWorseAnswerAlerts() {
        List<CourseOutcome> outcomes = new PatientFacts()
                .score("phq9", -1, 20)
                .dose("KETAMINE_IV", 0)
                .at(600)
                .source("tablet")
                .score("phq9", 7, 9)
                .source("ehr")
                .score("phq9", 7, 14)
                .upTo(10)
                .outcomes();
        assertThat(outcomes)
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.followUps())
                        .extracting(FollowUp::score)
                        .containsExactly(14));

        List<Alert> alerts = new PatientFacts()
                .at(600)
                .source("ehr")
                .suicide("phq9", 7, 1, true)
                .source("tablet")
                .suicide("phq9", 7, 3, true)
                .upTo(10)
                .alerts();
        assertThat(alerts).extracting(Alert::severity).contains(Severity.URGENT);
    }

    @Test
    void E57_aScaleThatTakesOverWithoutABaselineIsNotEvaluated() {
        List<CourseOutcome> outcomes = new PatientFacts()
                .score("phq9", -1, 20)
                .dose("KETAMINE_IV", 0, 7)
                .score("phq9", 8, 12)
                .dose("KETAMINE_IV", 14)
                .score("madrs", 20, 25)
                .score("madrs", 27, 12)
                .upTo(30)
                .outcomes();
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.instrument().equals("madrs"))
                .extracting(CourseOutcome::exclusion)
                .containsExactly(Exclusion.SCALE_SWITCHED);
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.instrument().equals("phq9"))
                .extracting(CourseOutcome::evaluable)
                .containsExactly(true);
    }

    @Test
    void E58_theClinicianScaleAndTheSelfRatedOneOfADayStandSideBySide() {
        List<CourseOutcome> outcomes = new PatientFacts()
                .score("madrs", -1, 30)
                .score("madrs-s", -1, 28)
                .dose("KETAMINE_IV", 0)
                .score("madrs", 7, 10)
                .score("madrs-s", 7, 27)
                .upTo(10)
                .outcomes();
        assertThat(outcomes)
                .extracting(
                        CourseOutcome::instrument,
                        outcome -> outcome.followUps().get(0).score())
                .containsExactlyInAnyOrder(tuple("madrs", 10), tuple("madrs-s", 27));
    }
}
