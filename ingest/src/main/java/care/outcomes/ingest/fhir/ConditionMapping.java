package care.outcomes.ingest.fhir;

import care.outcomes.ingest.row.Column;
import care.outcomes.ingest.row.Kind;
import care.outcomes.ingest.row.When;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Condition: a diagnosis, if confirmed; one that does not say counts as confirmed, as in most problem lists. */
final class ConditionMapping {
    private static final Map<String, String> STATUSES = Map.of(
            "confirmed", "FINAL", "", "FINAL", "refuted", "ENTERED_IN_ERROR", "entered-in-error", "ENTERED_IN_ERROR");
    private static final int LENGTH_OF_MONTH = 7;

    private ConditionMapping() {}

    static Mapped map(Resource condition, Subject subject) {
        List<Coding> verification = condition.codings("verificationStatus");
        String verified = verification.isEmpty() ? "" : verification.get(0).code();
        String status = STATUSES.get(verified);
        if (status == null) {
            return Mapped.ignored(Statuses.ignored(verified));
        }
        List<Coding> codes = condition.codings("code");
        if (codes.isEmpty() && status.equals("FINAL")) {
            return Mapped.ignored("UNCODED");
        }
        Draft draft = new Draft(Kind.PATIENT_EVENT, condition, subject, "")
                .put(Column.KIND, "resourceType", "DIAGNOSIS")
                .put(Column.STATUS, "verificationStatus", status)
                .first(Column.EFFECTIVE_AT, condition, "onsetDateTime", "onsetPeriod.start", "recordedDate")
                .first(Column.ENDED_AT, condition, "abatementDateTime", "abatementPeriod.end", "onsetPeriod.end");
        draft.replace(Column.EFFECTIVE_AT, ConditionMapping::fullDate);
        draft.replace(Column.ENDED_AT, ConditionMapping::fullDate);
        if (!codes.isEmpty()) {
            draft.put(Column.VALUE, "code", codes.get(0).code())
                    .put(Column.CODE_SYSTEM, "code", codes.get(0).system());
        }
        return Mapped.row(draft);
    }

    /** Of an onset often only the year or month is known; it then counts from its first day. */
    private static String fullDate(String text) {
        LocalDate first = text.length() <= LENGTH_OF_MONTH ? When.firstDay(text) : null;
        return first == null ? text : first.toString();
    }
}
