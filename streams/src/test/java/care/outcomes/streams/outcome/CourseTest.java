package care.outcomes.streams.outcome;

import static care.outcomes.streams.PatientFacts.DAY_0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import care.outcomes.schemas.record.CourseStatus;
import care.outcomes.schemas.record.Phase;
import care.outcomes.schemas.record.Timing;
import care.outcomes.streams.PatientFacts;
import care.outcomes.streams.outcome.CourseOutcome.Exclusion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CourseTest {

    private static final String KETAMINE = "KETAMINE_IV";

    private static List<CourseOutcome> outcomes(PatientFacts facts, int day) {
        return facts.upTo(day).outcomes();
    }

    private static CourseOutcome only(PatientFacts facts, int day) {
        assertThat(outcomes(facts, day)).hasSize(1);
        return outcomes(facts, day).get(0);
    }

    /** Breakpoints of domain.md §1.13: highest score that is response, partial range. */
    @ParameterizedTest
    @CsvSource({
        "10,5,6,7",
        "15,7,8,11",
        "22,11,12,16",
        "27,13,14,20",
        "31,15,16,23",
        "33,16,17,24",
        "40,20,21,30",
        "45,22,23,33"
    })
    void classesAtTheExactBreakpoints(int baseline, int response, int partialFrom, int partialTo) {
        assertThat(Trajectory.classify(baseline, response)).isEqualTo(CourseStatus.RESPONSE);
        assertThat(Trajectory.classify(baseline, partialFrom)).isEqualTo(CourseStatus.PARTIAL);
        assertThat(Trajectory.classify(baseline, partialTo)).isEqualTo(CourseStatus.PARTIAL);
        assertThat(Trajectory.classify(baseline, partialTo + 1)).isEqualTo(CourseStatus.MINIMAL);
        assertThat(Trajectory.classify(baseline, baseline)).isEqualTo(CourseStatus.MINIMAL);
        assertThat(Trajectory.classify(baseline, baseline + 1)).isEqualTo(CourseStatus.WORSE);
    }

    @Test
    void doseExactlyAtTheGapStaysAndOneDayMoreOpensTheNextCourse() {
        assertThat(outcomes(new PatientFacts().dose(KETAMINE, 0, 90), 200)).hasSize(1);
        assertThat(outcomes(new PatientFacts().dose(KETAMINE, 0, 91), 200))
                .extracting(o -> o.course().ordinal())
                .containsExactly(1, 2);
    }

    @Test
    void priorTrialsAreThoseLastToldByTheOpeningDay() {
        PatientFacts facts = new PatientFacts()
                .priorTrials(-30, 2)
                .priorTrials(0, 4)
                .dose(KETAMINE, 0)
                .visit(0)
                .priorTrials(1, 5);
        assertThat(only(facts, 10).course().priorTrials()).isEqualTo(4);
        assertThat(only(facts.without(2), 10).course().priorTrials()).isEqualTo(2);
        assertThat(only(new PatientFacts().dose(KETAMINE, 0).priorTrials(1, 5), 10)
                        .course()
                        .priorTrials())
                .isNull();
    }

    @Test
    void doseOfAnotherSeriesOpensTheNextCourse() {
        PatientFacts facts =
                new PatientFacts().series("A").dose(KETAMINE, 0, 3).series("B").dose(KETAMINE, 6);
        assertThat(outcomes(facts, 10)).extracting(o -> o.course().doses()).containsExactly(2, 1);
    }

    @Test
    void switchWithinTheGroupClosesTheCourseAndCutsItsSpan() {
        PatientFacts facts = new PatientFacts()
                .score("phq9", 0, 20)
                .dose(KETAMINE, 0)
                .dose("ESKETAMINE_IN", 10)
                .score("phq9", 12, 8);
        CourseOutcome ketamine = outcomes(facts, 20).get(1);
        assertThat(ketamine.course().treatment()).isEqualTo(KETAMINE);
        assertThat(ketamine.course().closing()).isEqualTo(new Closing(DAY_0 + 10, Closing.Reason.SWITCHED));
        assertThat(ketamine.followUps()).isEmpty();
    }

    @Test
    void preDoseScoreOnTheDayOfADoseTellsAboutTheDoseBefore() {
        PatientFacts facts =
                new PatientFacts().score("phq9", 0, 20).dose(KETAMINE, 0, 3).score("phq9", 3, 15);
        assertThat(only(facts, 5).followUps()).extracting(FollowUp::dose).containsExactly(1);
        PatientFacts marked = new PatientFacts()
                .score("phq9", 0, 20)
                .dose(KETAMINE, 0, 3)
                .timing(Timing.POST)
                .score("phq9", 3, 15);
        assertThat(only(marked, 5).followUps()).extracting(FollowUp::dose).containsExactly(2);
        PatientFacts clocked = new PatientFacts()
                .score("phq9", 0, 20)
                .at(600)
                .dose(KETAMINE, 0, 3)
                .at(601)
                .score("phq9", 3, 15);
        assertThat(only(clocked, 5).followUps()).extracting(FollowUp::dose).containsExactly(2);
    }

    @Test
    void baselineIsTheLastScoreNotTheHighestAndNotTooOldAndNeverPost() {
        assertThat(only(
                                new PatientFacts()
                                        .score("phq9", 0, 25)
                                        .score("phq9", 5, 18)
                                        .dose(KETAMINE, 10),
                                10)
                        .baseline())
                .extracting(b -> b == null ? -1 : b.score())
                .isEqualTo(18);
        assertThat(only(new PatientFacts().score("phq9", 0, 25).dose(KETAMINE, 14), 14)
                        .exclusion())
                .isNull();
        assertThat(only(new PatientFacts().score("phq9", 0, 25).dose(KETAMINE, 15), 15)
                        .exclusion())
                .isEqualTo(Exclusion.NO_BASELINE);
        PatientFacts post =
                new PatientFacts().timing(Timing.POST).score("phq9", 0, 25).dose(KETAMINE, 0);
        assertThat(only(post, 5).exclusion()).isEqualTo(Exclusion.NO_BASELINE);
    }

    @ParameterizedTest
    @CsvSource({"0,ZERO_BASELINE", "9,BELOW_FLOOR", "10,"})
    void floorAndZero(int baseline, Exclusion exclusion) {
        assertThat(only(new PatientFacts().score("phq9", 0, baseline).dose(KETAMINE, 0), 5)
                        .exclusion())
                .isEqualTo(exclusion);
    }

    @Test
    void firstKnownDoseWithAHigherNumberIsLeftTruncated() {
        PatientFacts facts = new PatientFacts().score("phq9", 0, 20).number(3).dose(KETAMINE, 0);
        assertThat(only(facts, 5).exclusion()).isEqualTo(Exclusion.LEFT_TRUNCATED);
    }

    @Test
    void courseWithoutAnyContactIsLostAfterSixtyDays() {
        PatientFacts facts = new PatientFacts().score("phq9", 0, 20).dose(KETAMINE, 0);
        assertThat(only(facts, 60).course().closing()).isNull();
        assertThat(only(facts, 61).course().closing()).isEqualTo(new Closing(DAY_0 + 61, Closing.Reason.LOST));
        assertThat(only(facts.dose(KETAMINE, 80), 90).course().closing()).isNull();
    }

    @Test
    void unfinishedSeriesWithContactIsIncomplete() {
        PatientFacts facts = new PatientFacts().dose(KETAMINE, 0, 3).score("phq9", 20, 15);
        assertThat(only(facts, 33).course().closing()).isNull();
        assertThat(only(facts, 34).course().closing()).isEqualTo(new Closing(DAY_0 + 34, Closing.Reason.INCOMPLETE));
    }

    @Test
    void finishedSeriesIsCompletedWhenTheGapIsOver() {
        PatientFacts facts = new PatientFacts().planned(2).dose(KETAMINE, 0, 3).score("phq9", 50, 15);
        assertThat(only(facts, 93).course().closing()).isNull();
        assertThat(only(facts, 94).course().closing()).isEqualTo(new Closing(DAY_0 + 94, Closing.Reason.COMPLETED));
        assertThat(only(facts, 94).course().phase()).isEqualTo(Phase.MAINTENANCE);
    }

    @Test
    void visitIsContactOnlyWhileTheCourseIsOpen() {
        PatientFacts facts =
                new PatientFacts().dose(KETAMINE, 0).visit(30, 70, 130).visit(200);
        assertThat(only(facts, 300).course().contacts()).containsExactly(DAY_0, DAY_0 + 30);
    }

    @Test
    void deathClosesTheCourse() {
        PatientFacts facts = new PatientFacts().dose(KETAMINE, 0).death(0);
        assertThat(only(facts, 300).course().closing()).isEqualTo(new Closing(DAY_0, Closing.Reason.DIED));
    }

    @Test
    void scoreCountsUpToFourHundredDaysAfterTheLastDose() {
        PatientFacts facts =
                new PatientFacts().dose(KETAMINE, 0).score("phq9", 400, 5).score("phq9", 401, 5);
        assertThat(only(facts, 500).followUps()).extracting(FollowUp::day).containsExactly(DAY_0 + 400);
    }

    @Test
    void instrumentsNeverMix() {
        PatientFacts facts =
                new PatientFacts().score("phq9", 0, 20).dose(KETAMINE, 0).score("madrs", 7, 4);
        assertThat(outcomes(facts, 10))
                .extracting(CourseOutcome::instrument, CourseOutcome::exclusion)
                .containsExactly(tuple("madrs", Exclusion.NO_BASELINE), tuple("phq9", null));
    }

    @Test
    void sustainedRemissionNeedsTwoDaysAndRelapseEndsIt() {
        PatientFacts facts = new PatientFacts()
                .score("phq9", 0, 20)
                .dose(KETAMINE, 0)
                .score("phq9", 7, 4)
                .score("phq9", 14, 3)
                .score("phq9", 28, 12)
                .score("phq9", 35, 4);
        assertThat(only(facts, 40).followUps())
                .extracting(FollowUp::sustained)
                .containsExactly(false, true, false, false);
        assertThat(only(facts, 40).followUps())
                .extracting(FollowUp::relapsed)
                .containsExactly(false, false, true, false);
    }
}
