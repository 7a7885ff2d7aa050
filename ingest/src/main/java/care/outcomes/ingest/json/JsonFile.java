package care.outcomes.ingest.json;

import care.outcomes.ingest.Reading;
import care.outcomes.ingest.Rejection;
import care.outcomes.ingest.fhir.FhirReader;
import care.outcomes.ingest.row.FactReader;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads JSON of both sorts, FHIR resources and native events, line by line or as whole documents. */
public final class JsonFile {
    private final FactReader facts;
    private final FhirReader fhir;
    private final Consumer<String> unknownNames;

    /**
     * Joins the readers of what may stand in a file.
     *
     * @param unknownNames told each name of a native event that means nothing here
     */
    public JsonFile(FactReader facts, FhirReader fhir, Consumer<String> unknownNames) {
        this.facts = facts;
        this.fhir = fhir;
        this.unknownNames = unknownNames;
    }

    /**
     * Reads the whole file.
     *
     * @throws IOException if it cannot be read to its end
     */
    public void read(String source, Reader text, JsonShape shape, Consumer<Reading> out) throws IOException {
        try {
            if (shape.lines()) {
                readLines(source, new BufferedReader(text), out);
            } else {
                readDocuments(source, text, out);
            }
        } catch (JsonProcessingException e) {
            // The parser's own message quotes the text.
            JsonLocation at = e.getLocation();
            throw new IOException(source + ": not valid JSON"
                    + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr()));
        } catch (CharacterCodingException e) {
            throw new IOException(source + ": not UTF-8");
        }
    }

    private void readLines(String source, BufferedReader text, Consumer<Reading> out) throws IOException {
        long number = 0;
        for (String line = text.readLine(); line != null; line = text.readLine()) {
            number++;
            if (!line.isBlank()) {
                readLine(source, number, line, out);
            }
        }
    }

    private void readLine(String source, long number, String line, Consumer<Reading> out) {
        JsonNode value;
        try {
            value = JsonShape.MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            out.accept(rejected(source, number, "BAD_JSON"));
            return;
        }
        readValue(source, number, value, out);
    }

    private void readDocuments(String source, Reader text, Consumer<Reading> out) throws IOException {
        try (MappingIterator<JsonNode> documents =
                JsonShape.MAPPER.readerFor(JsonNode.class).readValues(text)) {
            while (documents.hasNextValue()) {
                long line = documents.getCurrentLocation().getLineNr();
                readValue(source, line, documents.nextValue(), out);
            }
        }
    }

    private void readValue(String source, long line, JsonNode value, Consumer<Reading> out) {
        if (value.path("resourceType").isTextual()) {
            fhir.read(source, line, value, out);
            return;
        }
        Optional<NativeEvent> event = NativeEvent.of(value);
        if (event.isEmpty()) {
            out.accept(rejected(source, line, "UNKNOWN_TYPE"));
            return;
        }
        event.get().unknown().forEach(unknownNames);
        out.accept(facts.read(source, line, List.of(event.get().row())));
    }

    private static Reading rejected(String source, long line, String reason) {
        return Reading.rejected(source, line, new Rejection("line", reason, null));
    }
}
