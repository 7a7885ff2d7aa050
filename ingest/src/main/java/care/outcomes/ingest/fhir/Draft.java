package care.outcomes.ingest.fhir;

import care.outcomes.ingest.row.Column;
import care.outcomes.ingest.row.Kind;
import care.outcomes.ingest.row.Row;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A canonical row in the making; each cell remembers what FHIR calls it. */
final class Draft {
    private static final String SYSTEM = "fhir";
    private static final Pattern VERSION = Pattern.compile("\\d{1,18}");

    private final Kind kind;
    private final Map<Column, String> cells = new EnumMap<>(Column.class);
    private final Map<Column, String> names = new EnumMap<>(Column.class);

    /**
     * Starts with what all resources have in common.
     *
     * @param idSuffix tells the facts of one resource apart; empty where it has but one
     */
    Draft(Kind kind, Resource resource, Subject subject, String idSuffix) {
        this.kind = kind;
        put(Column.PATIENT, "subject", subject.patientId());
        put(Column.CLINIC, "serviceProvider", subject.clinicId());
        cells.put(Column.PATIENT_CLINIC, subject.issuer());
        String factId = resource.factId();
        put(Column.EVENT_ID, "id", factId == null ? null : factId + idSuffix);
        put(Column.LAST_UPDATED, "meta.lastUpdated", resource.text("meta", "lastUpdated"));
        String version = resource.text("meta", "versionId");
        put(
                Column.VERSION,
                "meta.versionId",
                version != null && VERSION.matcher(version).matches() ? version : null);
    }

    /** @param name what FHIR calls the field, for rejections, also where it is absent */
    Draft put(Column column, String name, @Nullable String text) {
        names.put(column, name);
        if (text != null && !text.isBlank()) {
            cells.put(column, text.strip());
        }
        return this;
    }

    Draft visit(Resource resource) {
        String encounter = resource.text("encounter", "reference");
        String reference = encounter == null ? resource.text("context", "reference") : encounter;
        return put(Column.VISIT, "encounter", Resource.idOf(reference));
    }

    /** The first of the fields that is there; the first name stands for all of them where none is. */
    Draft first(Column column, Resource resource, String... dottedPaths) {
        put(column, dottedPaths[0], null);
        for (String path : dottedPaths) {
            String text = resource.text(path.split("[.]", -1));
            if (text != null) {
                return put(column, path, text);
            }
        }
        return this;
    }

    Draft replace(Column column, UnaryOperator<String> change) {
        cells.computeIfPresent(column, (same, text) -> change.apply(text));
        return this;
    }

    Row row() {
        return new Row(kind, SYSTEM, cells, names);
    }
}
