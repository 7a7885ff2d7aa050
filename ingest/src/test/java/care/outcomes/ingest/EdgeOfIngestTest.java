package care.outcomes.ingest;

import static care.outcomes.ingest.Intakes.NEW_YORK;
import static care.outcomes.ingest.Intakes.readOne;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.ScoreFact;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Edge cases that are decided where facts enter; the numbers are those of the domain's list. */
class EdgeOfIngestTest {

    private static final String SCORES = "clinic,patient,instrument,assessed_at,total,items\n";
    private static final String DOSES = "clinic,patient,treatment,administered_at,dose_mg,weight_kg\n";

    @Test
    void E18_oneNumberAtTwoClinicsIsTwoPatients() {
        assertThat(score("C1,A7,phq9,2025-01-06,12,").getPatientKey())
                .isNotEqualTo(score("C2,A7,phq9,2025-01-06,12,").getPatientKey())
                .isEqualTo(score("C1,A7,gad7,2025-02-06,9,").getPatientKey());
    }

    @Test
    void E47_aDoseWithoutAWeightIsADose() {
        DoseFact dose = (DoseFact) readOne(NEW_YORK, DOSES + "C1,A1,KETAMINE_IV,2025-01-06,40,")
                .facts()
                .get(0);
        assertThat(dose.getDoseMg()).isEqualTo(40);
        assertThat(dose.getWeightKg()).isNull();
    }

    @Test
    void E48_aDoseInAnotherUnitIsConvertedNotTakenForMilligrams() {
        String administration = """
                {"resourceType": "MedicationAdministration", "id": "m", "status": "completed",
                 "subject": {"reference": "Patient/p"}, "effectiveDateTime": "2025-01-06T10:00:00Z",
                 "medicationCodeableConcept": {"coding": [
                   {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "2201623"}]},
                 "dosage": {"dose": {"value": 84000, "unit": "%s"}}}
                """;
        assertThat(milligrams(administration.formatted("ug"))).isEqualTo(84);
        assertThat(milligrams(administration.formatted("mL")))
                .as("a volume tells no mass, but the dose was given")
                .isNull();
    }

    private static ScoreFact score(String row) {
        return (ScoreFact) readOne(NEW_YORK, SCORES + row).facts().get(0);
    }

    private static @Nullable Double milligrams(String administration) {
        return ((DoseFact) readOne(NEW_YORK, administration.replace("\n", " "))
                        .facts()
                        .get(0))
                .getDoseMg();
    }
}
