package care.outcomes.ingest.csv;

import static care.outcomes.ingest.Intakes.KEYS;
import static care.outcomes.ingest.Intakes.NEW_YORK;
import static care.outcomes.ingest.Intakes.readOne;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.ingest.Reading;
import care.outcomes.ingest.Rejection;
import care.outcomes.ingest.identity.PatientScope;
import care.outcomes.schemas.record.Administration;
import care.outcomes.schemas.record.BloodPressure;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.schemas.record.Phase;
import care.outcomes.schemas.record.VisitFact;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Doses, visits and patient events. */
class OtherCsvTest {
    private static final String DOSE = "clinic,patient,treatment,administered_at,status,planned_doses\n";
    private static final String PATIENT = "clinic,patient,kind,effective_at,value\n";

    @Test
    void readsEveryColumnOfADose() {
        Reading reading = readOne(NEW_YORK, """
                clinic,patient,treatment,administered_at,dose_mg,weight_kg,route,planned_doses,series,dose_number,phase,\
                status,version,event_id,network,minutes_observed,bp_before,bp_40min,bp_discharge,spo2_min,sedation,\
                dissociation,stable_at_discharge,rems_form_at,adverse_event
                C1,A1,ketamine_iv,2025-01-06T09:00,40.5,81,IV,6,s1,2,induction,\
                stopped_early,4,d-2,other,120,130/85,150/95,128 / 80,94,5,12,yes,2025-01-08,nausea
                """);
        DoseFact fact = (DoseFact) reading.facts().get(0);
        assertThat(fact.getTreatment()).isEqualTo("KETAMINE_IV");
        assertThat(fact.getOccurredAt()).isEqualTo(Instant.parse("2025-01-06T14:00:00Z"));
        assertThat(fact.getDoseMg()).isEqualTo(40.5);
        assertThat(fact.getWeightKg()).isEqualTo(81);
        assertThat(fact.getRoute()).isEqualTo("IV");
        assertThat(fact.getPlannedDoses()).isEqualTo(6);
        assertThat(fact.getSeries()).isEqualTo("s1");
        assertThat(fact.getDoseNumber()).isEqualTo(2);
        assertThat(fact.getPhase()).isEqualTo(Phase.INDUCTION);
        assertThat(fact.getAdministration()).isEqualTo(Administration.STOPPED_EARLY);
        assertThat(fact.getStatus()).isEqualTo(FactStatus.FINAL);
        assertThat(fact.getVersion()).isEqualTo(4);
        assertThat(fact.getFactId()).isEqualTo("d-2");
        assertThat(fact.getNetworkId()).isEqualTo("other");
        assertThat(fact.getPatientKey()).startsWith("other.");
        assertThat(fact.getMinutesObserved()).isEqualTo(120);
        assertThat(fact.getBpBefore()).isEqualTo(new BloodPressure(130, 85));
        assertThat(fact.getBp40min()).isEqualTo(new BloodPressure(150, 95));
        assertThat(fact.getBpDischarge()).isEqualTo(new BloodPressure(128, 80));
        assertThat(fact.getSpo2Min()).isEqualTo(94);
        assertThat(fact.getSedation()).isEqualTo(5);
        assertThat(fact.getDissociation()).isEqualTo(12);
        assertThat(fact.getStableAtDischarge()).isTrue();
        assertThat(fact.getRemsFormAt()).isEqualTo(Instant.parse("2025-01-08T05:00:00Z"));
        assertThat(fact.getAdverseEvent()).isEqualTo("nausea");
    }

    @ParameterizedTest
    @CsvSource({
        "'',               COMPLETED,     FINAL",
        "completed,        COMPLETED,     FINAL",
        "NOT_DONE,         NOT_DONE,      FINAL",
        "Cancelled,        NOT_DONE,      FINAL",
        "corrected,        COMPLETED,     CORRECTED",
        "entered-in-error, COMPLETED,     ENTERED_IN_ERROR"
    })
    void readsWhatBecameOfADoseAndOfItsRecordFromOneColumn(
            String text, Administration administration, FactStatus status) {
        DoseFact fact = (DoseFact) readOne(NEW_YORK, DOSE + "C1,A1,ECT,2025-01-06," + text + ",")
                .facts()
                .get(0);
        assertThat(fact.getAdministration()).isEqualTo(administration);
        assertThat(fact.getStatus()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "C1,A1,,2025-01-06,,           | treatment     | MISSING_TREATMENT | -",
                "C1,A1,KETAMINE_XX,2025-01-06,,| treatment     | UNKNOWN_TREATMENT | KETAMINE_XX",
                "C1,A1,ECT,2025-01-06,lost,    | status        | UNKNOWN_STATUS    | text(4)",
                "C1,A1,ECT,2025-01-06,,0       | planned_doses | OUT_OF_RANGE      | 0"
            })
    void rejectsDoses(String row, String field, String reason, @Nullable String value) {
        assertThat(readOne(NEW_YORK, DOSE + row).rejected()).isEqualTo(new Rejection(field, reason, value));
    }

    @Test
    void readsEveryColumnOfAVisit() {
        VisitFact fact = (VisitFact) readOne(
                        NEW_YORK,
                        "clinic,patient,type,started_at,ended_at,prior_adequate_trials,event_id\n"
                                + "C1,A1,90791,2025-01-06T09:00,2025-01-06T10:00,3,v1")
                .facts()
                .get(0);
        assertThat(fact.getType()).isEqualTo("90791");
        assertThat(fact.getEndedAt()).isEqualTo(Instant.parse("2025-01-06T15:00:00Z"));
        assertThat(fact.getPriorAdequateTrials()).isEqualTo(3);
        assertThat(fact.getFactId()).isEqualTo("v1");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "BIRTH, 1980-05-01, -, 1980-05-01, -",
                "BIRTH, 2025-01-01, 1980-05-01, 1980-05-01, -",
                "SEX, 2025-01-01, F, female, -",
                "DIAGNOSIS, 2025-01-01, F33.2, F33.2, http://hl7.org/fhir/sid/icd-10-cm",
                "DIAGNOSIS, 2025-01-01, 370143000, 370143000, http://snomed.info/sct",
                "DEATH, 2025-01-01, -, -, -",
                "CONSENT, 2025-01-01, withdrawn, WITHDRAWN, -",
                "TRANSFER, 2025-01-01, C2, C2, -"
            })
    void readsPatientEvents(
            PatientFactKind kind,
            String at,
            @Nullable String value,
            @Nullable String expected,
            @Nullable String system) {
        String row = String.join(",", "C1", "A1", kind.name(), at, value == null ? "" : value);
        PatientFact fact =
                (PatientFact) readOne(NEW_YORK, PATIENT + row).facts().get(0);
        assertThat(fact.getKind()).isEqualTo(kind);
        assertThat(fact.getValue()).isEqualTo(expected);
        assertThat(fact.getCodeSystem()).isEqualTo(system);
    }

    @Test
    void hashesThePatientThatStays() {
        PatientFact fact = (PatientFact)
                readOne(NEW_YORK, PATIENT + "C1,A1,MERGE,2025-01-01,A2").facts().get(0);
        assertThat(fact.getPatientKey()).isEqualTo(KEYS.patientKey(PatientScope.CLINIC, "net", "C1", "A1"));
        assertThat(fact.getValue()).isEqualTo(KEYS.patientKey(PatientScope.CLINIC, "net", "C1", "A2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "C1,A1,BIRTH,1.5.1980,          | effective_at | BAD_TIME            | text(8)",
                "C1,A1,BIRTH,2099-01-01,        | effective_at | IN_FUTURE           | text(10)",
                "C1,A1,BIRTH,2025-01-01,1980-13-01 | value     | BAD_TIME            | text(10)",
                "C1,A1,SEX,2025-01-01,Jane      | value        | UNKNOWN_SEX         | text(4)",
                "C1,A1,DIAGNOSIS,2025-01-01,sad | value        | UNKNOWN_CODE_SYSTEM | text(3)",
                "C1,A1,MERGE,2025-01-01,        | value        | MISSING_VALUE       | -",
                "C1,A1,MARRIAGE,2025-01-01,     | kind         | UNKNOWN_KIND        | text(8)"
            })
    void rejectsPatientEventsWithoutShowingADate(String row, String field, String reason, @Nullable String value) {
        assertThat(readOne(NEW_YORK, PATIENT + row).rejected()).isEqualTo(new Rejection(field, reason, value));
    }
}
