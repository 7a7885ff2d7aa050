package care.outcomes.ingest.fhir;

import care.outcomes.ingest.row.Column;
import care.outcomes.ingest.row.Kind;
import care.outcomes.ingest.row.When;
import care.outcomes.schemas.ValueSets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Condition: a diagnosis, unless it is doubtful. Whether it says that it is active and confirmed goes along, for strict
 * measures ask for both.
 */
final class ConditionMapping {
    private static final Map<String, String> STATUSES = Map.of(
            "confirmed", "FINAL", "", "FINAL", "refuted", "ENTERED_IN_ERROR", "entered-in-error", "ENTERED_IN_ERROR");
    private static final int LENGTH_OF_MONTH = 7;

    /** Clinical statuses of what is there now. */
    private static final Set<String> ACTIVE = Set.of("active", "recurrence", "relapse");

    private final ValueSets sets;

    ConditionMapping(ValueSets sets) {
        this.sets = sets;
    }

    Mapped map(Resource condition, Subject subject) {
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
                .first(Column.ENDED_AT, condition, "abatementDateTime", "abatementPeriod.end")
                .put(Column.ACTIVE, "clinicalStatus", Boolean.toString(active(condition)))
                .put(Column.CONFIRMED, "verificationStatus", Boolean.toString(verified.equals("confirmed")));
        draft.replace(Column.EFFECTIVE_AT, ConditionMapping::fullDate);
        draft.replace(Column.ENDED_AT, ConditionMapping::fullDate);
        if (!codes.isEmpty()) {
            Coding code = Coding.preferred(codes, sets);
            draft.put(Column.VALUE, "code", code.code()).put(Column.CODE_SYSTEM, "code", code.system());
        }
        return Mapped.row(draft);
    }

    private static boolean active(Resource condition) {
        return condition.codings("clinicalStatus").stream().anyMatch(status -> ACTIVE.contains(status.code()));
    }

    /** Of an onset often only the year or month is known; it then counts from its first day. */
    private static String fullDate(String text) {
        LocalDate first = text.length() <= LENGTH_OF_MONTH ? When.firstDay(text) : null;
        return first == null ? text : first.toString();
    }
}
