package care.outcomes.ingest.fhir;

import care.outcomes.ingest.row.Column;
import care.outcomes.ingest.row.Kind;
import care.outcomes.ingest.row.Row;
import care.outcomes.ingest.row.When;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Patient: birth, sex and death. */
final class PatientMapping {
    /** For what holds all life long, where the birth is not known. */
    private static final String LONG_AGO = "1900-01-01";

    private PatientMapping() {}

    static Mapped map(Resource patient, Subject subject) {
        List<Row> rows = new ArrayList<>();
        String birth = patient.text("birthDate");
        LocalDate born = birth == null ? null : When.firstDay(birth);
        if (birth != null) {
            rows.add(event(patient, subject, "BIRTH", "#birth")
                    .put(Column.EFFECTIVE_AT, "birthDate", born == null ? birth : born.toString())
                    .put(Column.VALUE, "birthDate", birth)
                    .row());
        }
        String gender = patient.text("gender");
        if (gender != null) {
            rows.add(event(patient, subject, "SEX", "#sex")
                    .put(Column.EFFECTIVE_AT, "birthDate", born == null ? LONG_AGO : born.toString())
                    .put(Column.VALUE, "gender", gender)
                    .row());
        }
        if (patient.text("deceasedDateTime") != null || "true".equals(patient.text("deceasedBoolean"))) {
            rows.add(event(patient, subject, "DEATH", "#death")
                    .put(Column.EFFECTIVE_AT, "deceasedDateTime", death(patient))
                    .row());
        }
        return rows.isEmpty() ? Mapped.ignored("NOTHING_OF_USE") : new Mapped(rows, null);
    }

    /** A death without a time is known since the record was last changed. */
    private static @Nullable String death(Resource patient) {
        String time = patient.text("deceasedDateTime");
        return time == null ? patient.text("meta", "lastUpdated") : time;
    }

    private static Draft event(Resource patient, Subject subject, String kind, String suffix) {
        return new Draft(Kind.PATIENT_EVENT, patient, subject, suffix).put(Column.KIND, "resourceType", kind);
    }
}
