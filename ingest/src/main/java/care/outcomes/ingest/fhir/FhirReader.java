package care.outcomes.ingest.fhir;

import care.outcomes.ingest.Intake;
import care.outcomes.ingest.Reading;
import care.outcomes.ingest.row.FactReader;
import care.outcomes.schemas.CodeMaps;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.ValueSets;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads FHIR R4: resources, and bundles as the sum of their entries. */
public final class FhirReader {
    private final String issuer;
    private final FactReader facts;
    private final ScoreMapping scores;
    private final DoseMapping doses;
    private final CareMapping care;
    private final ConditionMapping conditions;
    private final EncounterMapping encounters;

    public FhirReader(Intake intake, FactReader facts, CodeMaps codes, ValueSets sets, Instruments instruments) {
        this.issuer = intake.clinicId() == null ? "" : intake.clinicId();
        this.facts = facts;
        this.scores = new ScoreMapping(codes, instruments);
        this.doses = new DoseMapping(codes);
        this.care = new CareMapping(sets);
        this.conditions = new ConditionMapping(sets);
        this.encounters = new EncounterMapping(sets, care);
    }

    /**
     * Reads a resource, or each entry of a bundle.
     *
     * @param line line of a single resource; entries of a bundle are counted from 1
     */
    public void read(String source, long line, JsonNode root, Consumer<Reading> out) {
        if (!root.path("resourceType").asText().equals("Bundle")) {
            out.accept(reading(source, line, new Resource(root), Neighbours.none()));
            return;
        }
        Neighbours neighbours = Neighbours.of(root);
        long index = 0;
        for (JsonNode entry : root.path("entry")) {
            index++;
            out.accept(
                    entry.path("resource").isObject()
                            ? reading(source, index, new Resource(entry.path("resource")), neighbours)
                            : Reading.ignored(source, index, "NO_RESOURCE"));
        }
    }

    private Reading reading(String source, long line, Resource resource, Neighbours neighbours) {
        Mapped mapped = map(resource, neighbours);
        if (mapped.ignored() == null) {
            return facts.read(source, line, mapped.rows());
        }
        return mapped.rows().isEmpty()
                ? Reading.ignored(source, line, mapped.ignored())
                : facts.readSuicideItem(source, line, mapped.rows().get(0), mapped.ignored());
    }

    private Mapped map(Resource resource, Neighbours neighbours) {
        Subject subject = new Subject(
                resource.type().equals("Patient") ? self(resource) : neighbours.patient(resource, "subject"),
                neighbours.clinic(resource),
                issuer);
        return switch (resource.type()) {
            case "Patient" -> PatientMapping.map(resource, subject);
            case "Encounter" -> encounters.map(resource, subject);
            case "Condition" -> conditions.map(resource, subject);
            case "Observation" ->
                care.isAssessment(resource)
                        ? care.assessment(resource, subject)
                        : scores.observation(resource, subject, neighbours);
            case "QuestionnaireResponse" -> scores.response(resource, subject);
            case "MedicationAdministration" -> doses.medication(resource, subject, neighbours);
            case "Procedure" ->
                care.isProcedure(resource) ? care.procedure(resource, subject) : doses.procedure(resource, subject);
            case "ServiceRequest" -> care.order(resource, subject);
            default -> Mapped.ignored("FOREIGN_RESOURCE");
        };
    }

    private static @Nullable String self(Resource patient) {
        String id = patient.id();
        return id == null ? Resource.textOf(patient.at("identifier").path(0).path("value")) : id;
    }
}
