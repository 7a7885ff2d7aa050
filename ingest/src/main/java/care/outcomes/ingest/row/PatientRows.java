package care.outcomes.ingest.row;

import care.outcomes.ingest.Intake;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.PatientFactKind;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Events of patients: birth, sex, diagnosis, death, hospice, admission, transfer, merge, consent, erasure. */
final class PatientRows {
    private static final String ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm";
    private static final String SNOMED = "http://snomed.info/sct";
    private static final Pattern ICD_CODE = Pattern.compile("[A-Z]\\d[0-9A-Z](\\.?[0-9A-Z]{1,4})?");
    private static final Pattern SNOMED_CODE = Pattern.compile("\\d{6,18}");
    private static final Map<String, String> SEXES = Map.of(
            "m", "male", "male", "male", "f", "female", "female", "female", "other", "other", "unknown", "unknown");

    private final Intake intake;

    PatientRows(Intake intake) {
        this.intake = intake;
    }

    PatientFact fact(Row row, Place place) throws UnusableException {
        FactStatus status = row.choice(Column.STATUS, FactStatus.class, FactStatus.FINAL, "UNKNOWN_STATUS");
        row.require(Column.KIND, "MISSING_KIND");
        PatientFactKind kind = row.choice(Column.KIND, PatientFactKind.class, PatientFactKind.UNKNOWN, "UNKNOWN_KIND");
        Stamp stamp = Stamp.of(row, place, status, intake);
        PatientFact fact = new PatientFact();
        fact.setKind(kind);
        boolean withdrawn = status == FactStatus.ENTERED_IN_ERROR && row.text(Column.VALUE) == null;
        fact.setValue(withdrawn ? null : value(row, kind, place, stamp.when()));
        fact.setCodeSystem(kind == PatientFactKind.DIAGNOSIS ? codeSystem(row) : row.text(Column.CODE_SYSTEM));
        fact.setActive(flag(row, Column.ACTIVE));
        fact.setConfirmed(flag(row, Column.CONFIRMED));
        When end = row.optionalWhen(Column.ENDED_AT, intake.zone());
        fact.setEndedAt(end == null ? null : end.at());
        String given = row.text(Column.EVENT_ID);
        return stamp.onto(fact, given != null ? given : factId(row, place, fact, stamp));
    }

    private static @Nullable Boolean flag(Row row, Column column) {
        String text = row.text(column);
        return text == null ? null : Boolean.valueOf(text);
    }

    private @Nullable String value(Row row, PatientFactKind kind, Place place, When when) throws UnusableException {
        return switch (kind) {
            case BIRTH -> birth(row, when);
            case SEX -> oneOf(row, SEXES, "UNKNOWN_SEX");
            case CONSENT -> oneOf(row, Map.of("given", "GIVEN", "withdrawn", "WITHDRAWN"), "UNKNOWN_CONSENT");
            case DIAGNOSIS -> diagnosis(row);
            case TRANSFER -> row.require(Column.VALUE, "MISSING_CLINIC");
            case MERGE, UNMERGE ->
                Place.key(row, intake, place.networkId(), place.clinicId(), row.require(Column.VALUE, "MISSING_VALUE"));
            default -> row.text(Column.VALUE);
        };
    }

    /** The date of birth, or its year or month where no more is known. */
    private static String birth(Row row, When when) throws UnusableException {
        String text = row.text(Column.VALUE);
        if (text == null) {
            return when.civilDay().toString();
        }
        LocalDate first = When.firstDay(text);
        if (first == null) {
            throw row.unusable(Column.VALUE, When.BAD_TIME);
        }
        return text;
    }

    private static String oneOf(Row row, Map<String, String> words, String reason) throws UnusableException {
        String word = words.get(row.require(Column.VALUE, "MISSING_VALUE").toLowerCase(Locale.ROOT));
        if (word == null) {
            throw row.unusable(Column.VALUE, reason);
        }
        return word;
    }

    private static String diagnosis(Row row) throws UnusableException {
        String code = row.require(Column.VALUE, "MISSING_CODE");
        if (codeSystem(row) == null) {
            throw row.unusable(Column.VALUE, "UNKNOWN_CODE_SYSTEM");
        }
        return code;
    }

    private static @Nullable String codeSystem(Row row) {
        String given = row.text(Column.CODE_SYSTEM);
        String code = row.cells().getOrDefault(Column.VALUE, "");
        if (given != null) {
            return given;
        }
        if (ICD_CODE.matcher(code).matches()) {
            return ICD_10_CM;
        }
        return SNOMED_CODE.matcher(code).matches() ? SNOMED : null;
    }

    /** A diagnosis is another one by its code, a link by the patient that stays; of the rest the kind tells enough. */
    private static String factId(Row row, Place place, PatientFact fact, Stamp stamp) {
        PatientFactKind kind = fact.getKind();
        boolean byValue =
                kind == PatientFactKind.DIAGNOSIS || kind == PatientFactKind.MERGE || kind == PatientFactKind.UNMERGE;
        return FactIds.ofParts(
                row.system(),
                place.patientKey(),
                Kind.PATIENT_EVENT.word(),
                byValue ? kind + "|" + fact.getValue() : kind,
                stamp.when().at(),
                null,
                stamp.visitId());
    }
}
