package care.outcomes.ingest.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/**
 * How a JSON file is laid out.
 *
 * @param lines one object a line (NDJSON), so that a broken line spoils no other; else whole documents
 */
public record JsonShape(boolean lines) {
    static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Looks at the first object of a file.
     *
     * @return empty if it is neither a FHIR resource nor a native event
     * @throws IOException if the file cannot be read
     */
    public static Optional<JsonShape> recognise(Reader text) throws IOException {
        try (JsonParser parser = MAPPER.createParser(text)) {
            return recognise(parser);
        }
    }

    private static Optional<JsonShape> recognise(JsonParser parser) throws IOException {
        boolean ours = false;
        int startLine = 0;
        try {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            startLine = parser.currentTokenLocation().getLineNr();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                boolean text = value == JsonToken.VALUE_STRING;
                ours |= text && name.equals("resourceType");
                ours |= text
                        && name.equals("type")
                        && NativeEvent.kind(parser.getText()).isPresent();
                parser.skipChildren();
            }
            boolean oneLine = parser.currentTokenLocation().getLineNr() == startLine;
            return ours ? Optional.of(new JsonShape(oneLine)) : Optional.empty();
        } catch (JsonProcessingException e) {
            // Ours, but broken: reading will say where.
            boolean oneLine = e.getLocation() == null || e.getLocation().getLineNr() == startLine;
            return ours ? Optional.of(new JsonShape(oneLine)) : Optional.empty();
        }
    }
}
