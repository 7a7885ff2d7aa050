package care.outcomes.ingest.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A FHIR R4 resource as it stands in JSON. */
record Resource(JsonNode node) {
    private static final String HISTORY = "/_history/";

    String type() {
        return node.path("resourceType").asText();
    }

    @Nullable
    String id() {
        return text("id");
    }

    /** Id of the facts of this resource; null where the resource has none. */
    @Nullable
    String factId() {
        String id = id();
        return id == null ? null : type() + "/" + id;
    }

    String status() {
        return node.path("status").asText();
    }

    /** The value at a path of field names; null if absent, blank or no plain value. */
    @Nullable
    String text(String... path) {
        return textOf(at(path));
    }

    JsonNode at(String... path) {
        JsonNode at = node;
        for (String field : path) {
            at = at.path(field);
        }
        return at;
    }

    static @Nullable String textOf(JsonNode value) {
        if (!value.isValueNode() || value.isNull()) {
            return null;
        }
        String text = value.asText().strip();
        return text.isEmpty() ? null : text;
    }

    /** All codings of a CodeableConcept, or of an array of them. */
    List<Coding> codings(String field) {
        JsonNode concept = node.path(field);
        List<Coding> codings = new ArrayList<>();
        if (concept.isArray()) {
            concept.forEach(one -> codings.addAll(codingsOf(one)));
        } else {
            codings.addAll(codingsOf(concept));
        }
        return codings;
    }

    static List<Coding> codingsOf(JsonNode concept) {
        List<Coding> codings = new ArrayList<>();
        for (JsonNode coding : concept.path("coding")) {
            String code = textOf(coding.path("code"));
            if (code != null) {
                codings.add(new Coding(coding.path("system").asText(), code));
            }
        }
        return codings;
    }

    /** The id a literal reference points to, without server, type and version; null if there is no reference. */
    static @Nullable String idOf(@Nullable String reference) {
        if (reference == null || reference.startsWith("#")) {
            return null;
        }
        int version = reference.indexOf(HISTORY);
        String literal = version < 0 ? reference : reference.substring(0, version);
        String id = literal.substring(Math.max(literal.lastIndexOf('/'), literal.lastIndexOf(':')) + 1);
        return id.isEmpty() ? null : id;
    }

    /** Whether a reference may point to a resource of the type: it says so, or does not say. */
    static boolean mayBe(String type, String reference) {
        return reference.startsWith("urn:") || ("/" + reference).contains("/" + type + "/");
    }
}
