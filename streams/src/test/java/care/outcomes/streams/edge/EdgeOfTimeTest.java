package care.outcomes.streams.edge;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.Timing;
import care.outcomes.streams.PatientFacts;
import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.FollowUp;
import org.junit.jupiter.api.Test;

/** Which comes first on a day: E8 to E13 of the domain's edge cases. */
class EdgeOfTimeTest {

    @Test
    void E8_aScoreOfTheDayOfADoseTellsAboutTheDoseBefore() {
        PatientFacts facts = new PatientFacts()
                .score("phq9", 0, 20)
                .dose("KETAMINE_IV", 1, 4, 8)
                .score("phq9", 8, 14);
        assertThat(only(facts, 10).followUps()).extracting(FollowUp::dose).containsExactly(2);

        PatientFacts after = new PatientFacts()
                .score("phq9", 0, 20)
                .dose("KETAMINE_IV", 1, 4, 8)
                .timing(Timing.POST)
                .score("phq9", 8, 14);
        assertThat(only(after, 10).followUps()).extracting(FollowUp::dose).containsExactly(3);
    }

    @Test
    void E9_ofTwoTotalsAtOneTimeOneCounts() {
        PatientFacts facts = new PatientFacts()
                .score("phq9", 0, 20)
                .dose("KETAMINE_IV", 1)
                .at(600)
                .score("phq9", 8, 14)
                .score("phq9", 8, 9);
        assertThat(only(facts, 10).followUps()).extracting(FollowUp::score).containsExactly(14);
    }

    @Test
    void E13_aScoreWithoutATimeComesBeforeTheDoseOfItsDay() {
        PatientFacts facts = new PatientFacts()
                .score("phq9", 5, 20)
                .at(600)
                .dose("KETAMINE_IV", 5)
                .at(900)
                .score("phq9", 5, 16);
        CourseOutcome outcome = only(facts, 10);
        assertThat(outcome.baseline()).isNotNull();
        assertThat(outcome.baseline().score()).isEqualTo(20);
        assertThat(outcome.followUps()).extracting(FollowUp::score).containsExactly(16);
    }

    private static CourseOutcome only(PatientFacts facts, int day) {
        assertThat(facts.upTo(day).outcomes()).hasSize(1);
        CourseOutcome outcome = facts.upTo(day).outcomes().get(0);
        Course course = outcome.course();
        assertThat(course.ordinal()).isEqualTo(1);
        return outcome;
    }
}
