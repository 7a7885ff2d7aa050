package care.outcomes.ingest.fhir;

import care.outcomes.ingest.row.Column;
import care.outcomes.ingest.row.Kind;
import care.outcomes.schemas.CodeMaps;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.ScoreCode;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Observation and QuestionnaireResponse: assessments, by the codes of totals and items. */
final class ScoreMapping {
    private static final Map<String, String> OBSERVATION = Map.of(
            "final", "FINAL",
            "amended", "AMENDED",
            "corrected", "CORRECTED",
            "preliminary", "PRELIMINARY",
            "entered-in-error", "ENTERED_IN_ERROR");
    private static final Map<String, String> RESPONSE =
            Map.of("completed", "FINAL", "amended", "AMENDED", "entered-in-error", "ENTERED_IN_ERROR");
    private static final String LOINC = "http://loinc.org";
    private static final String WITHDRAWN = "ENTERED_IN_ERROR";

    private final CodeMaps codes;
    private final Instruments instruments;

    ScoreMapping(CodeMaps codes, Instruments instruments) {
        this.codes = codes;
        this.instruments = instruments;
    }

    Mapped observation(Resource observation, Subject subject, Neighbours neighbours) {
        List<Coding> coding = observation.codings("code");
        Optional<ScoreCode> code = Answers.scoreCode(codes, coding);
        if (code.isEmpty()) {
            return Mapped.ignored("UNMAPPED_CODE");
        }
        String status = OBSERVATION.get(observation.status());
        if (status == null) {
            return Mapped.ignored(Statuses.ignored(observation.status()));
        }
        String instrument = code.get().instrument();
        Answers answers = new Answers(codes);
        components(observation, answers);
        answers.take(coding, observation.node());
        String items = answers.items(instrument, instruments);
        Draft draft = draft(observation, subject, status, instrument)
                .put(Column.TOTAL, "value", answers.total(instrument))
                .put(Column.ITEMS, "component", items == null ? screened(observation, instrument, neighbours) : items)
                .first(
                        Column.ASSESSED_AT,
                        observation,
                        "effectiveDateTime",
                        "effectivePeriod.start",
                        "effectiveInstant");
        if (code.get().itemPosition() > 0) {
            return Mapped.suicideItemOnly(draft, "ITEM_OF_PANEL");
        }
        String absent = answers.instrument().isEmpty() ? whyWithoutValue(observation) : null;
        return absent == null || status.equals(WITHDRAWN) ? Mapped.row(draft) : Mapped.ignored(absent);
    }

    /**
     * The answers behind a total that stands alone, if they are so few that only a screener was asked: such a total says
     * nothing about the instrument. Null if they are more, or not known.
     */
    private @Nullable String screened(Resource total, String instrument, Neighbours neighbours) {
        int asked = instruments
                .find(instrument)
                .flatMap(it -> Optional.ofNullable(it.screener()))
                .flatMap(instruments::find)
                .map(screener -> screener.itemMax().size())
                .orElse(0);
        if (asked == 0) {
            return null;
        }
        Answers answers = new Answers(codes);
        for (Resource part : neighbours.behind(total)) {
            collect(part.node(), answers);
            components(part, answers);
            answers.take(part.codings("code"), part.node());
        }
        return answers.answered(instrument) > asked ? null : answers.items(instrument, instruments);
    }

    Mapped response(Resource response, Subject subject) {
        Answers answers = new Answers(codes);
        collect(response.node(), answers);
        Optional<String> instrument = answers.instrument();
        if (instrument.isEmpty()) {
            return Mapped.ignored("UNMAPPED_CODE");
        }
        String status = RESPONSE.get(response.status());
        Draft draft = draft(response, subject, status, instrument.get())
                .put(Column.TOTAL, "item", answers.total(instrument.get()))
                .put(Column.ITEMS, "item", answers.items(instrument.get(), instruments))
                .first(Column.ASSESSED_AT, response, "authored");
        // Left half-way it is no assessment, but what it says about suicide counts.
        return status == null ? Mapped.suicideItemOnly(draft, Statuses.ignored(response.status())) : Mapped.row(draft);
    }

    private static Draft draft(Resource resource, Subject subject, @Nullable String status, String instrument) {
        return new Draft(Kind.SCORE, resource, subject, "")
                .put(Column.STATUS, "status", status)
                .put(Column.INSTRUMENT, "code", instrument)
                .visit(resource);
    }

    private static @Nullable String whyWithoutValue(Resource observation) {
        if (observation.node().has("hasMember")) {
            return "PANEL_OF_OBSERVATIONS";
        }
        return observation.node().has("dataAbsentReason") ? "DATA_ABSENT" : null;
    }

    private static void components(Resource observation, Answers answers) {
        observation.node().path("component").forEach(part -> answers.take(Resource.codingsOf(part.path("code")), part));
    }

    /** Items are known by a link id that ends in their LOINC code, as the published questionnaires have it. */
    private static void collect(JsonNode parent, Answers answers) {
        for (JsonNode item : parent.path("item")) {
            String linkId = item.path("linkId").asText();
            String code = linkId.substring(linkId.lastIndexOf('/') + 1);
            for (JsonNode answer : item.path("answer")) {
                answers.take(List.of(new Coding(LOINC, code)), answer);
                collect(answer, answers);
            }
            collect(item, answers);
        }
    }
}
