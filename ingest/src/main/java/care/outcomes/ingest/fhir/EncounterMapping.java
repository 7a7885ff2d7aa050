package care.outcomes.ingest.fhir;

import care.outcomes.ingest.row.Column;
import care.outcomes.ingest.row.Kind;
import care.outcomes.ingest.row.Row;
import care.outcomes.schemas.ValueSets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Encounter: a visit, once it is finished; what it says of hospice and palliative care even before. */
final class EncounterMapping {
    private static final Map<String, String> STATUSES =
            Map.of("finished", "FINAL", "entered-in-error", "ENTERED_IN_ERROR");

    private final ValueSets sets;
    private final CareMapping care;

    EncounterMapping(ValueSets sets, CareMapping care) {
        this.sets = sets;
        this.care = care;
    }

    Mapped map(Resource encounter, Subject subject) {
        List<Row> rows = new ArrayList<>();
        visit(encounter, subject).ifPresent(draft -> rows.add(draft.row()));
        care.encounter(encounter, subject).ifPresent(draft -> rows.add(draft.row()));
        return rows.isEmpty() ? Mapped.ignored(Statuses.ignored(encounter.status())) : new Mapped(rows, null);
    }

    private Optional<Draft> visit(Resource encounter, Subject subject) {
        String status = STATUSES.get(encounter.status());
        if (status == null) {
            return Optional.empty();
        }
        Draft draft = new Draft(Kind.VISIT, encounter, subject, "")
                .put(Column.STATUS, "status", status)
                .first(Column.STARTED_AT, encounter, "period.start")
                .first(Column.ENDED_AT, encounter, "period.end");
        List<Coding> types = encounter.codings("type");
        if (types.isEmpty()) {
            draft.first(Column.TYPE, encounter, "class.code").first(Column.CODE_SYSTEM, encounter, "class.system");
        } else {
            Coding type = Coding.preferred(types, sets);
            draft.put(Column.TYPE, "type", type.code()).put(Column.CODE_SYSTEM, "type", type.system());
        }
        return Optional.of(draft);
    }
}
