package care.outcomes.streams.edge;

import static care.outcomes.streams.PatientFacts.DAY_0;
import static care.outcomes.streams.PatientFacts.KERNEL;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.streams.PatientFacts;
import care.outcomes.streams.alert.Alert;
import care.outcomes.streams.outcome.Closing;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Tally.Count;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How people leave: E61 to E63 of the domain's edge cases. */
class EdgeOfExitsTest {

    @Test
    void E61_afterADeathNothingIsOverdueAndNobodyDidNotRespond() {
        PatientFacts facts = new PatientFacts().score("phq9", -1, 20).dose("KETAMINE_IV", 0, 3);
        assertThat(open(facts, 60)).contains("measurement-overdue");
        facts.death(10);
        assertThat(open(facts, 60)).doesNotContain("measurement-overdue");

        CourseOutcome outcome = facts.upTo(60).outcomes().get(0);
        assertThat(outcome.course().closing()).isEqualTo(new Closing(DAY_0 + 10, Closing.Reason.DIED));
        Tally cohort = cohort(outcome, "P4W", 60);
        assertThat(cohort.get(Count.DIED)).isEqualTo(1);
        assertThat(cohort.get(Count.ELIGIBLE)).isZero();
    }

    @Test
    void E62_whoIsLostStaysInTheDenominator() {
        PatientFacts facts = new PatientFacts().score("phq9", -1, 20).dose("KETAMINE_IV", 0, 3);
        CourseOutcome outcome = facts.upTo(100).outcomes().get(0);
        assertThat(outcome.course().closing()).isEqualTo(new Closing(DAY_0 + 64, Closing.Reason.LOST));
        Tally cohort = cohort(outcome, "P8W", 100);
        assertThat(cohort.get(Count.ELIGIBLE)).isEqualTo(1);
        assertThat(cohort.get(Count.MEASURED)).isZero();
    }

    @Test
    void E63_anAdmissionAfterResponseIsARelapse() {
        PatientFacts facts =
                new PatientFacts().score("phq9", -1, 20).dose("KETAMINE_IV", 0).score("phq9", 7, 8);
        assertThat(facts.upTo(20).outcomes().get(0).relapsedOn()).isNull();
        facts.event(PatientFactKind.ADMISSION, 12, null);
        assertThat(facts.upTo(20).outcomes().get(0).relapsedOn()).isEqualTo(DAY_0 + 12);
    }

    private static List<String> open(PatientFacts facts, int day) {
        return facts.upTo(day).alerts().stream()
                .filter(alert -> alert.endedAt() == null)
                .map(Alert::rule)
                .toList();
    }

    private static Tally cohort(CourseOutcome outcome, String horizon, int day) {
        return KERNEL.cohortDifference(List.of(), List.of(outcome)).byCohort().entrySet().stream()
                .filter(entry -> entry.getKey().horizon().equals(horizon)
                        && entry.getKey().group().clinicId().equals("C1"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow()
                .on(DAY_0 + day);
    }
}
