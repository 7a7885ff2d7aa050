package care.outcomes.streams.edge;

import static care.outcomes.streams.PatientFacts.DAY_0;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.streams.Derivation;
import care.outcomes.streams.PatientFacts;
import care.outcomes.streams.alert.Alert;
import care.outcomes.streams.outcome.CourseOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who a patient is, where the patient is, and what may be kept: E17 to E22 of the domain's edge cases. */
class EdgeOfIdentityTest {

    private static PatientFacts worsened() {
        return new PatientFacts().score("phq9", 0, 12).dose("KETAMINE_IV", 0).score("phq9", 10, 24);
    }

    @Test
    void E19_courseStaysWithItsClinicWhenThePatientMoves() {
        Derivation derived = worsened()
                .event(PatientFactKind.TRANSFER, 5, "C2")
                .clinic("C2")
                .dose("KETAMINE_IV", 7)
                .upTo(20);
        assertThat(derived.outcomes()).singleElement().satisfies(outcome -> {
            assertThat(outcome.course().clinicId()).isEqualTo("C1");
            assertThat(outcome.course().currentClinic()).isEqualTo("C2");
        });
    }

    @Test
    void E19_bothClinicsSeeAlertsThatStandAfterTheMove() {
        List<Alert> before = worsened().upTo(20).alerts();
        List<Alert> moved =
                worsened().event(PatientFactKind.TRANSFER, 15, "C2").upTo(20).alerts();
        assertThat(before)
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(alert.clinics()).containsExactly("C1"));
        assertThat(moved).hasSameSizeAs(before).allSatisfy(alert -> {
            assertThat(alert.clinicId()).isEqualTo("C1");
            assertThat(alert.clinics()).containsExactly("C1", "C2");
        });
    }

    @Test
    void E19_whatHadEndedBeforeTheMoveStaysWhereItWas() {
        PatientFacts improved = worsened().score("phq9", 12, 5).event(PatientFactKind.TRANSFER, 15, "C2");
        assertThat(improved.upTo(20).alerts())
                .filteredOn(alert -> !alert.open())
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(alert.clinics()).containsExactly("C1"));
    }

    @Test
    void E22_withdrawnConsentIsTheStepsOfItsDays() {
        PatientFacts facts = worsened()
                .event(PatientFactKind.CONSENT, 1, "GIVEN")
                .event(PatientFactKind.CONSENT, 5, "WITHDRAWN")
                .event(PatientFactKind.CONSENT, 6, "WITHDRAWN")
                .event(PatientFactKind.CONSENT, 8, "GIVEN")
                .event(PatientFactKind.CONSENT, 12, "WITHDRAWN");
        assertThat(steps(facts, 20)).containsExactly(DAY_0 + 5, DAY_0 + 8, DAY_0 + 12);
        assertThat(steps(facts, 9)).containsExactly(DAY_0 + 5, DAY_0 + 8);
        assertThat(steps(facts, 4)).isEmpty();
    }

    @Test
    void E22_whatHoldsAtTheEndOfADayCountsForTheDay() {
        PatientFacts facts = worsened()
                .at(60)
                .event(PatientFactKind.CONSENT, 5, "WITHDRAWN")
                .at(120)
                .event(PatientFactKind.CONSENT, 5, "GIVEN");
        assertThat(steps(facts, 20)).isEmpty();
        assertThat(steps(facts.at(180).event(PatientFactKind.CONSENT, 5, "WITHDRAWN"), 20))
                .containsExactly(DAY_0 + 5);
    }

    @Test
    void E22_alertsGoOnWhenConsentIsWithdrawn() {
        assertThat(worsened()
                        .event(PatientFactKind.CONSENT, 5, "WITHDRAWN")
                        .upTo(20)
                        .alerts())
                .extracting(Alert::rule)
                .contains("reliable-deterioration");
    }

    private static List<Integer> steps(PatientFacts facts, int day) {
        List<CourseOutcome> outcomes = facts.upTo(day).outcomes();
        return outcomes.get(0).course().consentSteps();
    }
}
