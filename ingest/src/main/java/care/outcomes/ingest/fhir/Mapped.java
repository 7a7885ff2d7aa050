package care.outcomes.ingest.fhir;

import care.outcomes.ingest.row.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a resource comes to.
 *
 * @param rows what it tells, in canonical form
 * @param ignored why it is of no use here; with a row, of no use but for a suicide item in that row
 */
record Mapped(List<Row> rows, @Nullable String ignored) {
    static Mapped row(Draft draft) {
        return new Mapped(List.of(draft.row()), null);
    }

    static Mapped ignored(String reason) {
        return new Mapped(List.of(), reason);
    }

    static Mapped suicideItemOnly(Draft draft, String reason) {
        return new Mapped(List.of(draft.row()), reason);
    }
}
