package care.outcomes.ingest.row;

import care.outcomes.ingest.Intake;
import care.outcomes.ingest.Origin;
import care.outcomes.ingest.identity.PatientKeys;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Whose record it is and where it was made.
 *
 * @param patientId the source's own id
 * @param patientKey its pseudonym
 */
record Place(String networkId, String clinicId, String patientId, String patientKey) {
    static Place of(Row row, Intake intake) throws UnusableException {
        String patientId = row.require(Column.PATIENT, "MISSING_PATIENT");
        String clinicId = clinic(row, intake);
        if (clinicId == null) {
            throw row.unusable(Column.CLINIC, "MISSING_CLINIC");
        }
        String networkId = network(row, intake);
        return new Place(networkId, clinicId, patientId, key(row, intake, networkId, clinicId, patientId));
    }

    /** For a safety signal that must not be lost: where the patient is unknown, the clinic stands in. */
    static Place orClinic(Row row, Intake intake) {
        try {
            return of(row, intake);
        } catch (UnusableException e) {
            String clinic = clinic(row, intake);
            String clinicId = clinic == null ? Origin.UNKNOWN_CLINIC : clinic;
            String networkId = network(row, intake);
            return new Place(networkId, clinicId, "", PatientKeys.unknownPatient(networkId, clinicId));
        }
    }

    /** The pseudonym another id of the same record has. */
    static String key(Row row, Intake intake, String networkId, String clinicId, String patientId) {
        String issuer = row.cells().getOrDefault(Column.PATIENT_CLINIC, clinicId);
        return intake.keys().patientKey(intake.scope(), networkId, issuer, patientId);
    }

    /** Where a record belongs of which no fact came. */
    static Origin origin(Row row, Intake intake) {
        String clinic = clinic(row, intake);
        LocalDate day;
        try {
            When when = row.when(row.kind().time(), intake.zone());
            day = when.at().isAfter(intake.latestAllowed()) ? null : when.civilDay();
        } catch (UnusableException e) {
            day = null;
        }
        return new Origin(network(row, intake), clinic == null ? Origin.UNKNOWN_CLINIC : clinic, day);
    }

    private static String network(Row row, Intake intake) {
        return row.cells().getOrDefault(Column.NETWORK, intake.networkId());
    }

    private static @Nullable String clinic(Row row, Intake intake) {
        String named = row.text(Column.CLINIC);
        return named == null ? intake.clinicId() : named;
    }
}
