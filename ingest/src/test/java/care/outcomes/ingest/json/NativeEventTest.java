package care.outcomes.ingest.json;

import static care.outcomes.ingest.Intakes.NEW_YORK;
import static care.outcomes.ingest.Intakes.readOne;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.ingest.Reading;
import care.outcomes.ingest.Rejection;
import care.outcomes.schemas.record.BloodPressure;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.VisitFact;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NativeEventTest {
    @Test
    void readsAScoreWithItsItemsAsAList() {
        Reading reading = readOne(
                NEW_YORK,
                "{\"type\":\"score\",\"clinic\":\"C2\",\"patient\":\"A1\",\"instrument\":\"phq9\","
                        + "\"assessedAt\":\"2025-01-06T10:00:00Z\",\"total\":8.0,"
                        + "\"items\":[1,1,1,1,1,1,1,1,null],\"eventId\":\"e1\",\"version\":2}");
        ScoreFact fact = (ScoreFact) reading.facts().get(0);
        assertThat(fact.getItems()).isEqualTo(Arrays.asList(1, 1, 1, 1, 1, 1, 1, 1, null));
        assertThat(fact.getTotal()).isEqualTo(9);
        assertThat(fact.getClinicId()).isEqualTo("C2");
        assertThat(fact.getFactId()).isEqualTo("e1");
        assertThat(fact.getVersion()).isEqualTo(2);
        assertThat(fact.getSource()).isEqualTo("json");
    }

    @Test
    void readsTheOtherKinds() {
        DoseFact dose = (DoseFact) readOne(
                        NEW_YORK,
                        "{\"type\":\"dose\",\"patient\":\"A1\",\"treatment\":\"ECT\",\"administeredAt\":\"2025-01-06\","
                                + "\"bpBefore\":{\"systolic\":130,\"diastolic\":85},\"bp40min\":\"150/90\","
                                + "\"stableAtDischarge\":true}")
                .facts()
                .get(0);
        assertThat(dose.getBpBefore()).isEqualTo(new BloodPressure(130, 85));
        assertThat(dose.getBp40min()).isEqualTo(new BloodPressure(150, 90));
        assertThat(dose.getStableAtDischarge()).isTrue();
        VisitFact visit = (VisitFact) readOne(
                        NEW_YORK,
                        "{\"type\":\"visit\",\"patient\":\"A1\",\"visitType\":\"90791\",\"startedAt\":\"2025-01-06\"}")
                .facts()
                .get(0);
        assertThat(visit.getType()).isEqualTo("90791");
        PatientFact patient = (PatientFact) readOne(
                        NEW_YORK,
                        "{\"type\":\"patient\",\"patient\":\"A1\",\"kind\":\"SEX\",\"effectiveAt\":\"2025-01-06\",\"value\":\"f\"}")
                .facts()
                .get(0);
        assertThat(patient.getValue()).isEqualTo("female");
    }

    @Test
    void namesFieldsAsTheEventDoes() {
        Reading reading = readOne(
                NEW_YORK, "{\"type\":\"score\",\"patient\":\"A1\",\"instrument\":\"phq9\",\"assessedAt\":\"2025\"}");
        assertThat(reading.rejected()).isEqualTo(new Rejection("assessedAt", "PARTIAL_DATE", "2025"));
    }
}
