package care.outcomes.ingest.json;

import care.outcomes.ingest.row.Column;
import care.outcomes.ingest.row.Kind;
import care.outcomes.ingest.row.Row;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * A native JSON event: the columns of native CSV in camelCase, with {@code type} naming the kind of record: score, dose,
 * visit or patient. The type of a visit is {@code visitType}.
 *
 * @param row the event in canonical form
 * @param unknown names that mean nothing here
 */
record NativeEvent(Row row, List<String> unknown) {
    private static final String SYSTEM = "json";
    private static final String TYPE = "type";
    private static final String VISIT_TYPE = "visitType";
    private static final Map<String, Kind> KINDS = new TreeMap<>();
    private static final Map<String, Column> COLUMNS = new HashMap<>();
    private static final Map<Column, String> NAMES = new EnumMap<>(Column.class);

    static {
        for (Kind kind : Kind.values()) {
            KINDS.put(kind.word(), kind);
        }
        for (Column column : Column.values()) {
            String name = column == Column.TYPE ? VISIT_TYPE : column.camel();
            COLUMNS.put(name, column);
            NAMES.put(column, name);
        }
    }

    /** The kind that a type names, if it is one of ours. */
    static Optional<Kind> kind(String type) {
        return Optional.ofNullable(KINDS.get(type.toLowerCase(Locale.ROOT)));
    }

    /** The event that an object tells; empty if it is no native event. */
    static Optional<NativeEvent> of(JsonNode event) {
        return kind(event.path(TYPE).asText()).map(kind -> of(kind, event));
    }

    private static NativeEvent of(Kind kind, JsonNode event) {
        Map<Column, String> cells = new EnumMap<>(Column.class);
        List<String> unknown = new ArrayList<>();
        event.properties().forEach(property -> {
            Column column = COLUMNS.get(property.getKey());
            String text = text(property.getValue()).strip();
            if (column == null || !kind.columns().contains(column)) {
                if (!property.getKey().equals(TYPE)) {
                    unknown.add(property.getKey());
                }
            } else if (!text.isEmpty()) {
                cells.put(column, text);
            }
        });
        return new NativeEvent(new Row(kind, SYSTEM, cells, NAMES), unknown);
    }

    /** As a CSV cell would hold it. */
    private static String text(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        if (value.isArray()) {
            StringJoiner items = new StringJoiner(";");
            value.forEach(item -> items.add(item.isNull() ? "" : item.asText()));
            return items.toString();
        }
        if (value.isObject()) {
            return value.path("systolic").asText() + "/"
                    + value.path("diastolic").asText();
        }
        return value.asText();
    }
}
