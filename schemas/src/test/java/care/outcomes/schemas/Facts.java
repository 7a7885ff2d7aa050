package care.outcomes.schemas;

import care.outcomes.schemas.record.Administration;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.VisitFact;
import java.time.Instant;

/** Usable facts to vary. */
final class Facts {
    static final Instant AT = Instant.parse("2025-03-14T09:30:00Z");
    private static final String NETWORK = "north";
    private static final String PATIENT = "north.0123456789abcdef0123456789abcdef";

    static {
        GeneratedRecords.trust();
    }

    private Facts() {}

    static ScoreFact.Builder score() {
        return ScoreFact.newBuilder()
                .setEventId("e1")
                .setFactId("f1")
                .setStatus(FactStatus.FINAL)
                .setNetworkId(NETWORK)
                .setClinicId("C1")
                .setPatientKey(PATIENT)
                .setOccurredAt(AT)
                .setRecordedAt(AT)
                .setSource("ehr")
                .setInstrument("phq9")
                .setTotal(17);
    }

    static DoseFact.Builder dose() {
        return DoseFact.newBuilder()
                .setEventId("e2")
                .setFactId("f2")
                .setStatus(FactStatus.FINAL)
                .setNetworkId(NETWORK)
                .setClinicId("C1")
                .setPatientKey(PATIENT)
                .setOccurredAt(AT)
                .setRecordedAt(AT)
                .setSource("ehr")
                .setTreatment("KETAMINE_IV")
                .setAdministration(Administration.COMPLETED)
                .setDoseMg(35.5);
    }

    static VisitFact.Builder visit() {
        return VisitFact.newBuilder()
                .setEventId("e3")
                .setFactId("f3")
                .setStatus(FactStatus.FINAL)
                .setNetworkId(NETWORK)
                .setClinicId("C1")
                .setPatientKey(PATIENT)
                .setOccurredAt(AT)
                .setRecordedAt(AT)
                .setSource("ehr")
                .setType("AMB");
    }

    static PatientFact.Builder patient() {
        return PatientFact.newBuilder()
                .setEventId("e4")
                .setFactId("f4")
                .setStatus(FactStatus.FINAL)
                .setNetworkId(NETWORK)
                .setClinicId("C1")
                .setPatientKey(PATIENT)
                .setOccurredAt(AT)
                .setRecordedAt(AT)
                .setSource("ehr")
                .setKind(PatientFactKind.DIAGNOSIS)
                .setValue("F33.2");
    }
}
