package care.outcomes.streams.alert;

import static care.outcomes.streams.PatientFacts.KERNEL;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.Severity;
import care.outcomes.streams.PatientFacts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerTest {

    private static List<Alert> alerts(PatientFacts facts, int day, String rule) {
        return facts.upTo(day).alerts().stream()
                .filter(a -> a.rule().equals(rule))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"phq9,1,REVIEW", "phq9,2,HIGH", "phq9,3,URGENT"})
    void suicideItemAlertsWithoutBaselineOrCourse(String instrument, int answer, Severity severity) {
        assertThat(alerts(new PatientFacts().suicide(instrument, 0, answer, true), 0, "suicidality"))
                .singleElement()
                .satisfies(a -> {
                    assertThat(a.severity()).isEqualTo(severity);
                    assertThat(a.treatment()).isNull();
                });
        assertThat(alerts(new PatientFacts().suicide("phq9", 0, 0, true), 0, "suicidality"))
                .isEmpty();
    }

    @Test
    void unusableScoreAlertsButEntersNoOutcome() {
        PatientFacts facts = new PatientFacts().dose("KETAMINE_IV", 0).suicide("phq9", 3, 3, false);
        assertThat(alerts(facts, 5, "suicidality")).hasSize(1);
        assertThat(facts.upTo(5).outcomes().get(0).followUps()).isEmpty();
    }

    @Test
    void unknownPatientsAreTheClinicsConcernAndNeverTakenForOnePerson() {
        PatientFacts facts = new PatientFacts().suicide("phq9", 0, 2, false).suicide("phq9", 0, 2, false);
        assertThat(KERNEL.derive("net.clinic.C1", facts.list(), PatientFacts.horizon(1))
                        .alerts())
                .hasSize(2)
                .allSatisfy(a -> assertThat(a.patientKey()).isNull());
        assertThat(alerts(facts, 1, "suicidality")).hasSize(1);
    }

    @Test
    void repeatWithinADayIsToldOnceButAHigherLevelAlways() {
        PatientFacts facts = new PatientFacts()
                .at(600)
                .suicide("phq9", 0, 1, true)
                .at(700)
                .suicide("phq9", 0, 1, true)
                .at(800)
                .suicide("phq9", 0, 3, true)
                .at(801)
                .suicide("phq9", 1, 1, true);
        assertThat(alerts(facts, 2, "suicidality"))
                .extracting(Alert::severity)
                .containsExactlyInAnyOrder(Severity.REVIEW, Severity.URGENT, Severity.REVIEW);
    }

    @Test
    void eachRunOfReliableDeteriorationIsAGround() {
        PatientFacts facts = new PatientFacts()
                .score("phq9", 0, 12)
                .dose("KETAMINE_IV", 0)
                .score("phq9", 5, 17)
                .score("phq9", 7, 18)
                .score("phq9", 9, 19)
                .score("phq9", 11, 10)
                .score("phq9", 13, 20);
        assertThat(alerts(facts, 20, "reliable-deterioration"))
                .extracting(Alert::open)
                .containsExactlyInAnyOrder(false, true);
        assertThat(alerts(facts, 6, "reliable-deterioration")).isEmpty();
    }

    @Test
    void measurementIsOverdueTheDayAfterTheAllowedSpanAndEndsWithTheScore() {
        PatientFacts facts = new PatientFacts().score("phq9", 0, 20).dose("KETAMINE_IV", 0);
        assertThat(alerts(facts, 14, "measurement-overdue")).isEmpty();
        assertThat(alerts(facts, 15, "measurement-overdue")).singleElement().matches(Alert::open);
        facts.score("phq9", 20, 12);
        assertThat(alerts(facts, 20, "measurement-overdue"))
                .singleElement()
                .extracting(Alert::endReason)
                .isEqualTo("MEASURED");
    }

    @Test
    void nothingIsOverdueForTheDeadOrAfterTheCourse() {
        PatientFacts dead =
                new PatientFacts().score("phq9", 0, 20).dose("KETAMINE_IV", 0).death(10);
        assertThat(alerts(dead, 40, "measurement-overdue")).isEmpty();
        PatientFacts lost = new PatientFacts().score("phq9", 0, 20).dose("KETAMINE_IV", 0);
        assertThat(alerts(lost, 100, "measurement-overdue"))
                .singleElement()
                .extracting(Alert::endReason)
                .isEqualTo("COURSE_CLOSED");
    }

    @Test
    void nextTellsWhenTimeAloneChangesTheLedger() {
        PatientFacts facts = new PatientFacts().score("phq9", 0, 20).dose("KETAMINE_IV", 0);
        long next = facts.upTo(0).next();
        int day = (int) (next / 86_400_000L) - PatientFacts.DAY_0;
        assertThat(day).isEqualTo(15);
        assertThat(facts.upTo(day - 1).alerts()).isEqualTo(facts.upTo(0).alerts());
        assertThat(facts.upTo(day).alerts()).isNotEqualTo(facts.upTo(0).alerts());
    }
}
