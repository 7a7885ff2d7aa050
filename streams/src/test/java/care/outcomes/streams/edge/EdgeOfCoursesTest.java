package care.outcomes.streams.edge;

import static care.outcomes.streams.PatientFacts.DAY_0;
import static care.outcomes.streams.PatientFacts.KERNEL;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.Administration;
import care.outcomes.schemas.record.Phase;
import care.outcomes.streams.PatientFacts;
import care.outcomes.streams.alert.Alert;
import care.outcomes.streams.outcome.Closing;
import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.CourseOutcome.Exclusion;
import care.outcomes.streams.rate.Cell;
import care.outcomes.streams.rate.Cells;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Roll;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Tally.Count;
import care.outcomes.streams.rate.Window;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** Where a course begins and ends: E40 to E46, E49 and E50 of the domain's edge cases. */
class EdgeOfCoursesTest {

    @Test
    void E40_treatmentAgainAfterTheGapIsAnotherCourseWithABaselineOfItsOwn() {
        List<CourseOutcome> outcomes = new PatientFacts()
                .score("phq9", -1, 20)
                .dose("KETAMINE_IV", 0)
                .score("phq9", 90, 16)
                .dose("KETAMINE_IV", 91)
                .upTo(100)
                .outcomes();
        assertThat(outcomes).extracting(outcome -> outcome.course().ordinal()).containsExactlyInAnyOrder(1, 2);
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.course().ordinal() == 2)
                .singleElement()
                .satisfies(second -> assertThat(second.baseline())
                        .isNotNull()
                        .satisfies(baseline -> assertThat(baseline.score()).isEqualTo(16)));
        assertThat(new PatientFacts().dose("KETAMINE_IV", 0, 90).upTo(100).outcomes())
                .as("ninety days are not more than ninety days")
                .hasSize(1);
    }

    @Test
    void E41_treatmentsSideBySideNameEachOtherAndThePatientVotesOnce() {
        List<CourseOutcome> outcomes = new PatientFacts()
                .score("phq9", -1, 20)
                .dose("KETAMINE_IV", 0, 7)
                .dose("RTMS", 1, 2, 3)
                .dose("ANTIDEPRESSANT", 2)
                .score("phq9", 9, 8)
                .upTo(20)
                .outcomes();
        assertThat(outcomes)
                .extracting(CourseOutcome::course)
                .allSatisfy(course -> assertThat(course.concurrent()).hasSize(2));
        Cells cells = KERNEL.difference(List.of(), outcomes);
        Cells all = new Cells();
        all.addAll(cells);
        cells.byGroup().forEach((group, days) -> {
            if (!group.treatment().equals(Group.ALL)) {
                days.forEach((day, cell) -> all.add(group.overTreatments(), day, cell));
            }
        });
        SortedMap<Integer, Cell> days = all.byGroup().get(new Group("C1", Group.ALL, "phq9"));
        assertThat(days).isNotNull();
        Tally counts = Roll.of(days, Window.P28D, Tally.ZERO, days.firstKey(), DAY_0 + 20)
                .getOrDefault(DAY_0 + 20, Tally.ZERO);
        assertThat(counts.get(Count.MEASURED)).isEqualTo(1);
        assertThat(counts.get(Count.RESPONDED)).isEqualTo(1);
    }

    @Test
    void E42_anotherTreatmentOfTheSwitchGroupClosesTheCourse() {
        List<Course> courses = courses(
                new PatientFacts()
                        .score("phq9", -1, 20)
                        .dose("KETAMINE_IV", 0, 3)
                        .dose("ESKETAMINE_IN", 10),
                20);
        assertThat(courses).hasSize(2);
        assertThat(courses.get(0).closing()).isEqualTo(new Closing(DAY_0 + 10, Closing.Reason.SWITCHED));
    }

    @Test
    void E43_boostersDoNotReopenInduction() {
        PatientFacts facts = new PatientFacts().score("phq9", -1, 20).planned(3).dose("KETAMINE_IV", 0, 3, 7);
        Course induced = course(facts, 60);
        Course boosted = course(facts.dose("KETAMINE_IV", 40, 70), 80);
        assertThat(induced.lastInductionDose()).isEqualTo(DAY_0 + 7);
        assertThat(boosted.lastInductionDose()).isEqualTo(DAY_0 + 7);
        assertThat(boosted.phase()).isEqualTo(Phase.MAINTENANCE);
        assertThat(boosted.ordinal()).isEqualTo(1);
        assertThat(boosted.doses()).isEqualTo(5);
    }

    @Test
    void E44_anUnfinishedSeriesIsIncompleteAndStaysInTheDenominator() {
        PatientFacts facts = new PatientFacts()
                .score("phq9", -1, 20)
                .planned(6)
                .dose("KETAMINE_IV", 0, 3, 7, 10)
                .score("phq9", 20, 15)
                .visit(45);
        CourseOutcome outcome = facts.upTo(50).outcomes().get(0);
        assertThat(outcome.course().closing()).isEqualTo(new Closing(DAY_0 + 41, Closing.Reason.INCOMPLETE));
        assertThat(outcome.evaluable()).isTrue();
    }

    @Test
    void E45_theRuleGoesByTheNumberOfDosesGivenNotByThePlan() {
        for (int planned : new int[] {6, 8}) {
            PatientFacts facts = new PatientFacts().score("phq9", -1, 20).planned(planned);
            facts.dose("KETAMINE_IV", 0, 3, 7)
                    .score("phq9", 1, 20)
                    .score("phq9", 4, 19)
                    .score("phq9", 8, 19);
            assertThat(facts.upTo(9).alerts())
                    .as("%d planned", planned)
                    .extracting(Alert::rule)
                    .contains("non-response-review");
        }
    }

    @Test
    void E46_aDoseThatWasNotGivenIsNone() {
        PatientFacts facts = new PatientFacts()
                .dose("KETAMINE_IV", 0)
                .administered(Administration.NOT_DONE)
                .dose("KETAMINE_IV", 3)
                .administered(Administration.STOPPED_EARLY)
                .dose("KETAMINE_IV", 7);
        assertThat(course(facts, 20).doses())
                .as("stopped early counts where the catalogue says so")
                .isEqualTo(1);
    }

    @Test
    void E49_aCourseWhoseBeginningIsNotKnownIsLeftTruncated() {
        PatientFacts facts = new PatientFacts().score("phq9", -1, 20).number(3).dose("KETAMINE_IV", 0);
        CourseOutcome outcome = facts.upTo(20).outcomes().get(0);
        assertThat(outcome.exclusion()).isEqualTo(Exclusion.LEFT_TRUNCATED);
        assertThat(KERNEL.cohortDifference(List.of(), List.of(outcome)).isEmpty())
                .isTrue();
    }

    @Test
    void E50_aDoseAtHomeNeedsNoVisit() {
        Course course = course(new PatientFacts().score("phq9", -1, 20).dose("KETAMINE_SL", 0, 3), 20);
        assertThat(course.doses()).isEqualTo(2);
        assertThat(course.contacts()).containsExactly(DAY_0, DAY_0 + 3);
    }

    private static Course course(PatientFacts facts, int day) {
        List<Course> courses = courses(facts, day);
        assertThat(courses).hasSize(1);
        return courses.get(0);
    }

    private static List<Course> courses(PatientFacts facts, int day) {
        return facts.upTo(day).outcomes().stream()
                .map(CourseOutcome::course)
                .sorted(Course.BEGUN)
                .toList();
    }
}
