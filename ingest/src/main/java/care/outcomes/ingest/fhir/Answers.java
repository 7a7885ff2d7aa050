package care.outcomes.ingest.fhir;

import care.outcomes.schemas.CodeMaps;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.ScoreCode;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Answers and totals gathered from a panel or a questionnaire, by instrument and position. */
final class Answers {
    private static final String ORDINAL = "ordinalValue";
    private static final String ORDINAL_R5 = "itemWeight";
    private static final String[] PLAIN = {"valueInteger", "valueDecimal", "valueString"};

    private final CodeMaps codes;
    private final Map<String, Map<Integer, String>> byInstrument = new HashMap<>();

    Answers(CodeMaps codes) {
        this.codes = codes;
    }

    /** Takes one answer if its code is that of a total or an item; an answer without a value is none. */
    void take(List<Coding> asked, JsonNode holder) {
        Optional<ScoreCode> code = scoreCode(codes, asked);
        String value = value(holder);
        if (code.isPresent() && value != null) {
            byInstrument
                    .computeIfAbsent(code.get().instrument(), i -> new HashMap<>())
                    .put(code.get().itemPosition(), value);
        }
    }

    /** The instrument most of the answers belong to. */
    Optional<String> instrument() {
        return byInstrument.entrySet().stream()
                .max(Map.Entry.<String, Map<Integer, String>>comparingByValue(
                                (a, b) -> Integer.compare(a.size(), b.size()))
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
    }

    @Nullable
    String total(String instrument) {
        return byInstrument.getOrDefault(instrument, Map.of()).get(0);
    }

    /** How many items of the instrument are answered. */
    int answered(String instrument) {
        Map<Integer, String> given = byInstrument.getOrDefault(instrument, Map.of());
        return given.size() - (given.containsKey(0) ? 1 : 0);
    }

    /** Answers by position as a CSV cell holds them; null if there are none. */
    @Nullable
    String items(String instrument, Instruments instruments) {
        Map<Integer, String> given = byInstrument.getOrDefault(instrument, Map.of());
        int count = instruments.find(instrument).map(i -> i.itemMax().size()).orElse(0);
        String[] items = new String[count];
        Arrays.setAll(items, i -> given.getOrDefault(i + 1, ""));
        return given.keySet().stream().allMatch(position -> position == 0) ? null : String.join(";", items);
    }

    static Optional<ScoreCode> scoreCode(CodeMaps codes, List<Coding> codings) {
        return codings.stream()
                .flatMap(coding -> codes.score(coding.system(), coding.code()).stream())
                .findFirst();
    }

    /** The value as a text: a number, or the number that a coded answer stands for. */
    @Nullable
    String value(JsonNode holder) {
        for (String field : PLAIN) {
            String text = Resource.textOf(holder.path(field));
            if (text != null) {
                return plain(text);
            }
        }
        String quantity = Resource.textOf(holder.path("valueQuantity").path("value"));
        if (quantity != null) {
            return quantity;
        }
        JsonNode coding = holder.has("valueCoding")
                ? holder.path("valueCoding")
                : holder.path("valueCodeableConcept").path("coding").path(0);
        return coded(coding);
    }

    private @Nullable String coded(JsonNode coding) {
        String code = Resource.textOf(coding.path("code"));
        for (JsonNode extension : coding.path("extension")) {
            String url = extension.path("url").asText();
            if (url.endsWith(ORDINAL) || url.endsWith(ORDINAL_R5)) {
                return Resource.textOf(extension.path("valueDecimal"));
            }
        }
        if (code == null) {
            return null;
        }
        OptionalInt number = codes.answer(coding.path("system").asText(), code);
        return number.isPresent() ? Integer.toString(number.getAsInt()) : plain(code);
    }

    /** A semicolon would count as two answers. */
    private static String plain(String text) {
        return text.replace(';', ' ');
    }
}
