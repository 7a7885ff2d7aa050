package care.outcomes.ingest.fhir;

import care.outcomes.ingest.row.Column;
import care.outcomes.ingest.row.Kind;
import java.util.List;
import java.util.Map;

/** Encounter: a visit, once it is finished. */
final class EncounterMapping {
    private static final Map<String, String> STATUSES =
            Map.of("finished", "FINAL", "entered-in-error", "ENTERED_IN_ERROR");

    private EncounterMapping() {}

    static Mapped map(Resource encounter, Subject subject) {
        String status = STATUSES.get(encounter.status());
        if (status == null) {
            return Mapped.ignored(Statuses.ignored(encounter.status()));
        }
        Draft draft = new Draft(Kind.VISIT, encounter, subject, "")
                .put(Column.STATUS, "status", status)
                .first(Column.STARTED_AT, encounter, "period.start")
                .first(Column.ENDED_AT, encounter, "period.end");
        List<Coding> types = encounter.codings("type");
        if (types.isEmpty()) {
            draft.first(Column.TYPE, encounter, "class.code").first(Column.CODE_SYSTEM, encounter, "class.system");
        } else {
            draft.put(Column.TYPE, "type", types.get(0).code())
                    .put(Column.CODE_SYSTEM, "type", types.get(0).system());
        }
        return Mapped.row(draft);
    }
}
