package care.outcomes.streams.edge;

import static care.outcomes.streams.PatientFacts.DAY_0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import care.outcomes.schemas.record.CourseStatus;
import care.outcomes.schemas.record.Severity;
import care.outcomes.schemas.record.Timing;
import care.outcomes.streams.Derivation;
import care.outcomes.streams.PatientFacts;
import care.outcomes.streams.alert.Alert;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.CourseOutcome.Exclusion;
import care.outcomes.streams.outcome.FollowUp;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a score says of a course: E8, E9, E13, E16, E38 and E54 to E59 of the domain's edge cases. */
class EdgeOfScoresTest {

    private static final String KETAMINE = "KETAMINE_IV";
    private static final int NINE = 540;
    private static final int TEN = 600;

    private static CourseOutcome on(String instrument, PatientFacts facts, int day) {
        return facts.upTo(day).outcomes().stream()
                .filter(outcome -> outcome.instrument().equals(instrument))
                .findFirst()
                .orElseThrow();
    }

    private static PatientFacts sameDay(int score, int dose, Timing mark) {
        return new PatientFacts()
                .at(score)
                .timing(mark)
                .score("phq9", 0, 20)
                .at(dose)
                .dose(KETAMINE, 0);
    }

    /** Minutes of the day, -1 where only the day is known. */
    @ParameterizedTest
    @CsvSource({
        "540, 600, NONE, true",
        "600, 540, NONE, false",
        "600, 540, PRE, true",
        "540, 600, POST, false",
        "-1, 540, NONE, true",
        "600, -1, NONE, true",
        "-1, -1, NONE, true",
        "-1, -1, POST, false"
    })
    void E8_aScoreOfTheDayOfADoseIsBeforeItUnlessMarkOrClockSayOtherwise(
            int score, int dose, Timing mark, boolean before) {
        CourseOutcome outcome = on("phq9", sameDay(score, dose, mark), 5);
        if (before) {
            assertThat(Objects.requireNonNull(outcome.baseline()).score()).isEqualTo(20);
            assertThat(outcome.followUps()).isEmpty();
        } else {
            assertThat(outcome.baseline()).isNull();
            assertThat(outcome.exclusion()).isEqualTo(Exclusion.NO_BASELINE);
            assertThat(outcome.followUps()).extracting(FollowUp::dose).containsExactly(1);
        }
    }

    @Test
    void E9_ofTwoScoresOfOneTimeTheSmallerIdDecides() {
        PatientFacts facts = new PatientFacts()
                .at(NINE)
                .score("phq9", 0, 20)
                .score("phq9", 0, 24)
                .at(TEN)
                .dose(KETAMINE, 0)
                .score("phq9", 7, 9)
                .score("phq9", 7, 9);
        CourseOutcome outcome = on("phq9", facts, 10);
        assertThat(Objects.requireNonNull(outcome.baseline()).score()).isEqualTo(20);
        assertThat(outcome.followUps()).extracting(FollowUp::factId).containsExactly("f0004");
        assertThat(Objects.requireNonNull(on("phq9", facts.without(1), 10).baseline())
                        .score())
                .isEqualTo(24);
    }

    @Test
    void E13_aScoreOfADayComesFirstInItsDay() {
        PatientFacts facts = new PatientFacts()
                .score("phq9", 0, 20)
                .at(NINE)
                .dose(KETAMINE, 0)
                .score("phq9", 7, 12)
                .at(-1)
                .score("phq9", 7, 15);
        assertThat(on("phq9", facts, 10).followUps())
                .extracting(FollowUp::day, FollowUp::score)
                .containsExactly(tuple(DAY_0 + 7, 15), tuple(DAY_0 + 7, 12));
    }

    @Test
    void E38_aProratedBaselineCountsAndSaysSo() {
        PatientFacts facts = new PatientFacts()
                .prorated(true)
                .score("phq9", 0, 14)
                .prorated(false)
                .dose(KETAMINE, 0)
                .score("phq9", 7, 7);
        CourseOutcome outcome = on("phq9", facts, 10);
        assertThat(outcome.evaluable()).isTrue();
        assertThat(Objects.requireNonNull(outcome.baseline()).prorated()).isTrue();
        assertThat(outcome.followUps())
                .extracting(FollowUp::status, FollowUp::prorated)
                .containsExactly(tuple(CourseStatus.RESPONSE, false));
    }

    @Test
    void E55_aScreenerIsNoOutcome() {
        PatientFacts facts =
                new PatientFacts().score("phq9", 0, 20).dose(KETAMINE, 0).score("phq2", 7, 0);
        Derivation derived = facts.upTo(10);
        assertThat(derived.outcomes()).singleElement().satisfies(outcome -> {
            assertThat(outcome.instrument()).isEqualTo("phq9");
            assertThat(outcome.followUps()).isEmpty();
        });
    }

    @Test
    void E55_aScreenerIsNoBaseline() {
        CourseOutcome outcome = on(
                "phq9", new PatientFacts().score("phq2", 0, 6).dose(KETAMINE, 0).score("phq9", 7, 4), 10);
        assertThat(outcome.baseline()).isNull();
        assertThat(outcome.exclusion()).isEqualTo(Exclusion.NO_BASELINE);
    }

    @Test
    void E56_eachFormOfThePhqIsFollowedByItself() {
        PatientFacts facts = new PatientFacts()
                .score("phq8", 0, 20)
                .dose(KETAMINE, 0)
                .score("phq9", 7, 4)
                .score("phq8", 14, 10);
        assertThat(on("phq8", facts, 20).followUps())
                .extracting(FollowUp::status)
                .containsExactly(CourseStatus.RESPONSE);
        assertThat(on("phq9", facts, 20).exclusion()).isEqualTo(Exclusion.NO_BASELINE);
    }

    @Test
    void E54_aScoreWithoutTheAnswerAboutSuicideCountsAndDoesNotAlert() {
        PatientFacts facts = new PatientFacts()
                .score("phq9", 0, 20)
                .dose(KETAMINE, 0)
                .prorated(true)
                .score("phq9", 7, 24);
        assertThat(on("phq9", facts, 10).followUps())
                .extracting(FollowUp::score, FollowUp::prorated)
                .containsExactly(tuple(24, true));
        assertThat(facts.upTo(10).alerts()).noneMatch(alert -> alert.rule().equals("suicidality"));
        assertThat(facts.suicide("phq9", 7, 1, false).upTo(10).alerts())
                .anyMatch(alert -> alert.rule().equals("suicidality"));
    }

    @Test
    void E59_theSuicideScreenerAlertsAndIsNoOutcome() {
        PatientFacts facts =
                new PatientFacts().score("phq9", 0, 20).dose(KETAMINE, 0).suicide("cssrs", 7, 4, true);
        assertThat(facts.upTo(10).outcomes())
                .extracting(CourseOutcome::instrument)
                .containsExactly("phq9");
        assertThat(facts.upTo(10).alerts()).anyMatch(alert -> alert.rule().equals("suicidality"));
    }

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

    @Test
    void E57_scalesThatRunSideBySideHaveNotSwitched() {
        PatientFacts facts = new PatientFacts()
                .score("phq9", -1, 20)
                .dose(KETAMINE, 0)
                .score("phq9", 7, 15)
                .score("madrs", 8, 30)
                .score("madrs", 20, 10);
        assertThat(on("madrs", facts, 30).exclusion()).isEqualTo(Exclusion.SCALE_SWITCHED);
        assertThat(on("madrs", facts.score("phq9", 20, 11), 30).exclusion()).isEqualTo(Exclusion.NO_BASELINE);
    }
}
