package care.outcomes.ingest.fhir;

import static care.outcomes.ingest.Intakes.NEW_YORK;
import static care.outcomes.ingest.Intakes.read;
import static care.outcomes.ingest.Intakes.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import care.outcomes.ingest.Reading;
import care.outcomes.ingest.Rejection;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.VisitFact;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Published samples, unchanged. */
class SamplesTest {
    private static final String BUNDLE = "cms159/01083d96-9f99-4138-824d-f4a0eab21f75.json";

    private static <T extends SpecificRecord> List<T> facts(List<Reading> readings, Class<T> type) {
        return readings.stream()
                .flatMap(reading -> reading.facts().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    @Test
    void readsABundleEntryByEntry() throws IOException {
        List<Reading> readings = read(NEW_YORK, sample(BUNDLE));
        assertThat(readings).extracting(Reading::line).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(readings.stream().map(Reading::patientKey).distinct()).hasSize(1);
        assertThat(readings).extracting(Reading::sourcePatientId).containsOnly("01083d96-9f99-4138-824d-f4a0eab21f75");
        assertThat(readings.get(2).rejected()).isEqualTo(new Rejection("value", "TOTAL_OUT_OF_RANGE", "300"));
        ScoreFact score = facts(readings, ScoreFact.class).get(0);
        assertThat(score.getTotal()).isEqualTo(10);
        assertThat(score.getInstrument()).isEqualTo("phq9");
        assertThat(score.getFactId()).isEqualTo("Observation/98778613516461352131315");
        assertThat(score.getOccurredAt()).isEqualTo(Instant.parse("2024-02-25T14:35:00Z"));
        VisitFact visit = facts(readings, VisitFact.class).get(0);
        assertThat(visit.getType()).isEqualTo("90791");
        assertThat(visit.getTypeSystem()).isEqualTo("http://www.ama-assn.org/go/cpt");
        assertThat(visit.getEndedAt()).isEqualTo(Instant.parse("2024-02-25T14:50:00Z"));
        assertThat(facts(readings, PatientFact.class))
                .extracting(PatientFact::getKind, PatientFact::getValue)
                .containsExactlyInAnyOrder(
                        tuple(PatientFactKind.DIAGNOSIS, "F32.9"),
                        tuple(PatientFactKind.BIRTH, "2012-01-01"),
                        tuple(PatientFactKind.SEX, "other"));
    }

    @Test
    void losesNobodyToSharedResourceIds() throws IOException {
        List<Reading> readings = read(NEW_YORK, sample("cms159"));
        assertThat(readings.stream()
                        .map(Reading::patientKey)
                        .filter(Objects::nonNull)
                        .distinct())
                .hasSize(6);
        List<ScoreFact> scores = facts(readings, ScoreFact.class);
        assertThat(scores.stream().map(ScoreFact::getFactId).distinct().count()).isLessThan(scores.size());
        assertThat(scores.stream().map(ScoreFact::getEventId).distinct()).hasSize(scores.size());
    }

    @Test
    void accountsForEveryResource() throws IOException {
        assertThat(read(NEW_YORK, sample("cms159")))
                .hasSizeGreaterThan(20)
                .allMatch(reading ->
                        reading.facts().isEmpty() == (reading.ignored() != null || reading.rejected() != null))
                .extracting(Reading::ignored)
                .contains("STATUS_UNKNOWN", "FOREIGN_RESOURCE");
    }

    @Test
    void readsThePhq9OfUsCore() throws IOException {
        List<Reading> readings = read(NEW_YORK, sample("us-core"));
        assertThat(readings).extracting(Reading::ignored).containsOnlyOnce("PANEL_OF_OBSERVATIONS");
        List<ScoreFact> usable = facts(readings, ScoreFact.class).stream()
                .filter(ScoreFact::getUsable)
                .toList();
        assertThat(usable).hasSize(2).allSatisfy(score -> {
            assertThat(score.getTotal()).isEqualTo(12);
            assertThat(score.getOccurredAt()).isEqualTo(Instant.parse("2022-11-29T20:50:32.718Z"));
        });
        assertThat(usable.stream().map(ScoreFact::getItems).filter(Objects::nonNull))
                .containsExactly(List.of(2, 2, 2, 2, 1, 1, 2, 0, 0));
    }
}
