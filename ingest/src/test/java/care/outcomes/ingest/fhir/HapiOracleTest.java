package care.outcomes.ingest.fhir;

import static care.outcomes.ingest.Intakes.NEW_YORK;
import static care.outcomes.ingest.Intakes.read;
import static care.outcomes.ingest.Intakes.sample;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.VisitFact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/** The reference implementation of FHIR reads the same from the samples. */
class HapiOracleTest {
    private static final FhirContext FHIR = FhirContext.forR4();

    @Test
    void agreesOnScoresAndVisits() throws IOException {
        Set<String> expected = new TreeSet<>();
        try (Stream<Path> files = Files.list(sample("cms159"))) {
            for (Path file : files.toList()) {
                Bundle bundle = FHIR.newJsonParser().parseResource(Bundle.class, Files.readString(file));
                bundle.getEntry().forEach(entry -> expected.addAll(told(entry.getResource())));
            }
        }
        Set<String> actual = new TreeSet<>();
        read(NEW_YORK, sample("cms159"))
                .forEach(reading -> reading.facts().forEach(fact -> {
                    String patient = reading.sourcePatientId() + " ";
                    if (fact instanceof ScoreFact score) {
                        actual.add(patient + score.getOccurredAt() + " " + score.getTotal());
                    } else if (fact instanceof VisitFact visit) {
                        actual.add(patient + visit.getOccurredAt() + " " + visit.getEndedAt() + " " + visit.getType());
                    }
                }));
        assertThat(actual).hasSizeGreaterThan(10).isEqualTo(expected);
    }

    private static List<String> told(Resource resource) {
        if (resource instanceof Observation score
                && score.getStatus() == Observation.ObservationStatus.FINAL
                && score.hasValueIntegerType()
                && score.getValueIntegerType().getValue() <= 27) {
            return List.of(score.getSubject().getReferenceElement().getIdPart() + " "
                    + score.getEffectiveDateTimeType().getValue().toInstant() + " "
                    + score.getValueIntegerType().getValue());
        }
        if (resource instanceof Encounter visit && visit.getStatus() == Encounter.EncounterStatus.FINISHED) {
            return List.of(visit.getSubject().getReferenceElement().getIdPart() + " "
                    + visit.getPeriod().getStart().toInstant() + " "
                    + visit.getPeriod().getEnd().toInstant() + " "
                    + visit.getTypeFirstRep().getCodingFirstRep().getCode());
        }
        return List.of();
    }
}
