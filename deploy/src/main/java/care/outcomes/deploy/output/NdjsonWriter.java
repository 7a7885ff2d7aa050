package care.outcomes.deploy.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes chosen fields of Avro records as one JSON object a line. Dates and instants are ISO, absent is null, a double
 * that is no number is null, maps are written in the order of their keys. Not for several threads.
 */
public final class NdjsonWriter implements Closeable {
    /** Doubles up to here hold every integer exactly. */
    private static final double EXACT = 1L << 53;

    private static final JsonFactory JSON =
            new JsonFactoryBuilder().rootValueSeparator((String) null).build();

    private final JsonGenerator json;
    private final List<String> columns;

    private NdjsonWriter(JsonGenerator json, List<String> columns) {
        this.json = json;
        this.columns = columns;
    }

    /** Writes UTF-8 to a file, which is replaced. */
    public static NdjsonWriter toFile(Path file, List<String> columns) throws IOException {
        return new NdjsonWriter(JSON.createGenerator(Files.newBufferedWriter(file)), columns);
    }

    /** Writes to a terminal or pipe of whatever charset: other than ASCII is escaped. Does not close it. */
    public static NdjsonWriter toTerminal(Writer out, List<String> columns) throws IOException {
        JsonGenerator json = JSON.createGenerator(out)
                .setHighestNonEscapedChar(0x7f)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        return new NdjsonWriter(json, columns);
    }

    /**
     * Appends a line.
     *
     * @throws IllegalArgumentException if the record lacks one of the columns
     * @throws UncheckedIOException if it cannot be written
     */
    public void write(IndexedRecord row) {
        try {
            writeObject(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        json.close();
    }

    private void writeObject(IndexedRecord row) throws IOException {
        json.writeStartObject();
        for (String column : columns) {
            json.writeFieldName(column);
            Object value = value(row, column);
            if (value instanceof Double number) {
                writeDouble(number);
            } else {
                writeValue(value);
            }
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private static @Nullable Object value(IndexedRecord row, String column) {
        Schema.Field field = row.getSchema().getField(column);
        if (field == null) {
            throw new IllegalArgumentException(row.getSchema().getName() + " has no field " + column);
        }
        return row.get(field.pos());
    }

    private void writeValue(@Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Integer || value instanceof Long) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Double number) {
            writeMeasured(number);
        } else if (value instanceof IndexedRecord nested) {
            json.writeStartObject();
            for (Schema.Field field : nested.getSchema().getFields()) {
                json.writeFieldName(field.name());
                writeValue(nested.get(field.pos()));
            }
            json.writeEndObject();
        } else if (value instanceof Map<?, ?> map) {
            writeMap(map);
        } else if (value instanceof Collection<?> items) {
            json.writeStartArray();
            for (Object item : items) {
                writeValue(item);
            }
            json.writeEndArray();
        } else {
            // Strings, enum symbols, dates and instants all print as they should be written.
            json.writeString(value.toString());
        }
    }

    private void writeMap(Map<?, ?> map) throws IOException {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((key, item) -> sorted.put(key.toString(), item));
        json.writeStartObject();
        for (Map.Entry<String, @Nullable Object> entry : sorted.entrySet()) {
            json.writeFieldName(entry.getKey());
            writeValue(entry.getValue());
        }
        json.writeEndObject();
    }

    /** A score or a threshold, most often a whole number that merely travels as a double. */
    private void writeMeasured(double number) throws IOException {
        if (Math.rint(number) == number && Math.abs(number) <= EXACT) {
            json.writeNumber((long) number);
        } else {
            writeDouble(number);
        }
    }

    private void writeDouble(double number) throws IOException {
        if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            json.writeNull();
        }
    }
}
