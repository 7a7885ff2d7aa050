package care.outcomes.streams.topology;

import care.outcomes.schemas.GeneratedRecords;
import care.outcomes.schemas.record.Administration;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.VisitFact;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Facts of one patient as they travel; day 0 is 1 January 2025, all at noon. */
final class FactRecords {

    static final String NETWORK = "north";
    static final String PATIENT = NETWORK + ".0123456789abcdef0123456789abcdef";
    static final LocalDate DAY_0 = LocalDate.of(2025, 1, 1);

    static {
        GeneratedRecords.trust();
    }

    private FactRecords() {}

    static LocalDate day(int day) {
        return DAY_0.plusDays(day);
    }

    static Instant noon(int day) {
        return day(day).atTime(12, 0).toInstant(ZoneOffset.UTC);
    }

    static ScoreFact.Builder score(int day, int total) {
        return ScoreFact.newBuilder()
                .setEventId("score-" + day + "-" + total)
                .setFactId("score-" + day)
                .setStatus(FactStatus.FINAL)
                .setNetworkId(NETWORK)
                .setClinicId("C1")
                .setPatientKey(PATIENT)
                .setOccurredAt(noon(day))
                .setRecordedAt(noon(day))
                .setSource("ehr")
                .setInstrument("phq9")
                .setTotal(total);
    }

    static DoseFact.Builder dose(int day) {
        return DoseFact.newBuilder()
                .setEventId("dose-" + day)
                .setFactId("dose-" + day)
                .setStatus(FactStatus.FINAL)
                .setNetworkId(NETWORK)
                .setClinicId("C1")
                .setPatientKey(PATIENT)
                .setOccurredAt(noon(day))
                .setRecordedAt(noon(day))
                .setSource("ehr")
                .setTreatment("KETAMINE_IV")
                .setAdministration(Administration.COMPLETED);
    }

    static VisitFact.Builder visit(int day) {
        return VisitFact.newBuilder()
                .setEventId("visit-" + day)
                .setFactId("visit-" + day)
                .setStatus(FactStatus.FINAL)
                .setNetworkId(NETWORK)
                .setClinicId("C1")
                .setPatientKey(PATIENT)
                .setOccurredAt(noon(day))
                .setRecordedAt(noon(day))
                .setSource("ehr")
                .setType("AMB");
    }

    static PatientFact.Builder event(PatientFactKind kind, int day, String value) {
        return PatientFact.newBuilder()
                .setEventId(kind + "-" + day + "-" + value)
                .setFactId(kind + "-" + day)
                .setStatus(FactStatus.FINAL)
                .setNetworkId(NETWORK)
                .setClinicId("C1")
                .setPatientKey(PATIENT)
                .setOccurredAt(noon(day))
                .setRecordedAt(noon(day))
                .setSource("ehr")
                .setKind(kind)
                .setValue(value);
    }
}
