package care.outcomes.ingest.fhir;

import care.outcomes.ingest.row.Column;
import care.outcomes.ingest.row.Kind;
import care.outcomes.schemas.CodeMaps;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** MedicationAdministration and Procedure: doses of drugs and sessions of treatments, by code. */
final class DoseMapping {
    private static final Map<String, String> STATUSES = Map.of(
            "completed", "COMPLETED",
            "stopped", "STOPPED_EARLY",
            "not-done", "NOT_DONE",
            "entered-in-error", "ENTERED_IN_ERROR");

    /** UCUM units of mass, in milligrams. */
    private static final Map<String, BigDecimal> MILLIGRAMS = Map.of(
            "mg", BigDecimal.ONE,
            "g", new BigDecimal("1000"),
            "ug", new BigDecimal("0.001"),
            "mcg", new BigDecimal("0.001"));

    private final CodeMaps codes;

    DoseMapping(CodeMaps codes) {
        this.codes = codes;
    }

    Mapped medication(Resource administration, Subject subject, Neighbours neighbours) {
        List<Coding> drug = drug(administration, neighbours);
        Optional<String> treatment = treatment(drug);
        if (treatment.isEmpty() && !drug.isEmpty() && STATUSES.containsKey(administration.status())) {
            return Mapped.ignored("UNMAPPED_CODE");
        }
        return mapped(
                administration,
                draft -> draft.put(Column.TREATMENT, "medicationCodeableConcept", treatment.orElse(null))
                        .first(Column.ADMINISTERED_AT, administration, "effectiveDateTime", "effectivePeriod.start")
                        .put(Column.ROUTE, "dosage.route", route(administration))
                        .put(Column.DOSE_MG, "dosage.dose", milligrams(administration.at("dosage", "dose"))),
                subject);
    }

    Mapped procedure(Resource procedure, Subject subject) {
        Optional<String> treatment = treatment(procedure.codings("code"));
        if (treatment.isEmpty() && STATUSES.containsKey(procedure.status())) {
            return Mapped.ignored("UNMAPPED_CODE");
        }
        return mapped(
                procedure,
                draft -> draft.put(Column.TREATMENT, "code", treatment.orElse(null))
                        .first(Column.ADMINISTERED_AT, procedure, "performedDateTime", "performedPeriod.start"),
                subject);
    }

    private interface Filling {
        Draft fill(Draft draft);
    }

    private static Mapped mapped(Resource resource, Filling filling, Subject subject) {
        String status = STATUSES.get(resource.status());
        if (status == null) {
            return Mapped.ignored(Statuses.ignored(resource.status()));
        }
        Draft draft = new Draft(Kind.DOSE, resource, subject, "").put(Column.STATUS, "status", status);
        return Mapped.row(filling.fill(draft).visit(resource));
    }

    private Optional<String> treatment(List<Coding> codings) {
        return codings.stream()
                .flatMap(coding -> codes.treatment(coding.system(), coding.code()).stream())
                .findFirst();
    }

    /** The drug's codes stand in the administration, or in a Medication that it contains or that comes beside it. */
    private static List<Coding> drug(Resource administration, Neighbours neighbours) {
        List<Coding> own = administration.codings("medicationCodeableConcept");
        String reference = administration.text("medicationReference", "reference");
        if (!own.isEmpty() || reference == null) {
            return own;
        }
        for (JsonNode contained : administration.node().path("contained")) {
            if (reference.equals("#" + contained.path("id").asText())) {
                return new Resource(contained).codings("code");
            }
        }
        Resource medication = neighbours.find(reference);
        // A drug that cannot be looked up is a drug all the same, not a missing one.
        return medication == null ? List.of(new Coding("", reference)) : medication.codings("code");
    }

    private static @Nullable String route(Resource administration) {
        List<Coding> route = new Resource(administration.at("dosage")).codings("route");
        return route.isEmpty() ? null : route.get(0).code();
    }

    /** Volumes and the like tell nothing about the mass and are left out; the dose counts nevertheless. */
    private static @Nullable String milligrams(JsonNode dose) {
        String unit = dose.path("code").asText(dose.path("unit").asText());
        BigDecimal factor = MILLIGRAMS.get(unit);
        JsonNode value = dose.path("value");
        return factor == null || !value.isNumber()
                ? null
                : value.decimalValue().multiply(factor).stripTrailingZeros().toPlainString();
    }
}
