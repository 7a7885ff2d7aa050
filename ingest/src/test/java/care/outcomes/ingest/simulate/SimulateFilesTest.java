package care.outcomes.ingest.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import care.outcomes.ingest.Intakes;
import care.outcomes.ingest.Reading;
import care.outcomes.ingest.Sources;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.ScoreFact;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateFilesTest {
    private static final LocalDate FROM = LocalDate.parse("2024-01-01");
    private static final LocalDate TO = LocalDate.parse("2025-12-31");

    @TempDir
    private Path folder;

    private static Map<String, String> files(Path root) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    private Path write(String name, long seed, int clinics, int patients) throws IOException {
        Path out = folder.resolve(name);
        new SimulateFiles(new Simulation(seed, clinics, patients, FROM, TO)).write(out);
        return out;
    }

    @Test
    void givesTheSameBytesForTheSameSeed() throws IOException {
        Map<String, String> first = files(write("a", 7, 3, 60));
        assertThat(files(write("b", 7, 3, 60))).isEqualTo(first);
        assertThat(files(write("c", 8, 3, 60))).isNotEqualTo(first);
        assertThat(first.keySet())
                .hasSize(3 * 5 + 1)
                .contains("truth.json", "clinics/clinic-01/scores.csv", "clinics/clinic-03/patients.csv");
    }

    @Test
    void isReadWithoutARejection() throws IOException {
        Sources sources = Sources.scan(write("a", 7, 3, 200));
        assertThat(sources.skipped())
                .extracting(path -> path.getFileName().toString())
                .containsExactly("truth.json");
        List<Reading> readings = new ArrayList<>();
        sources.read(Intakes.NEW_YORK, readings::add);
        assertThat(readings).allMatch(reading -> reading.facts().size() == 1);
        assertThat(readings.stream().map(Reading::patientKey).distinct()).hasSize(200);
        assertThat(sources.notices()).isEmpty();
    }

    @Test
    void hasGapsCorrectionsWithdrawalsAndRepeats() throws IOException {
        List<ScoreFact> scores = new ArrayList<>();
        Set<String> treatments = new HashSet<>();
        Sources.scan(write("a", 7, 3, 1000))
                .read(
                        Intakes.NEW_YORK,
                        reading -> reading.facts().forEach(fact -> {
                            if (fact instanceof ScoreFact score) {
                                scores.add(score);
                            } else if (fact instanceof DoseFact dose) {
                                treatments.add(dose.getTreatment());
                            }
                        }));
        assertThat(treatments)
                .containsExactlyInAnyOrder("KETAMINE_IV", "ESKETAMINE_IN", "RTMS", "ECT", "ANTIDEPRESSANT");
        assertThat(scores.stream().map(ScoreFact::getStatus).distinct())
                .contains(FactStatus.FINAL, FactStatus.CORRECTED, FactStatus.ENTERED_IN_ERROR);
        assertThat(scores.stream().map(ScoreFact::getEventId).distinct().count())
                .isLessThan(scores.size());
        assertThat(scores.stream().map(ScoreFact::getInstrument).distinct()).containsExactlyInAnyOrder("phq9", "madrs");
        assertThat(scores.stream()
                        .map(ScoreFact::getItems)
                        .filter(Objects::nonNull)
                        .filter(items -> items.get(8) >= 2))
                .isNotEmpty();
    }

    /** What is true shows in the last score of those who stay. */
    @Test
    void tellsTheTruth() throws IOException {
        Path out = write("a", 7, 2, 400);
        Map<String, int[]> firstAndLast = new HashMap<>();
        List<ScoreFact> scores = new ArrayList<>();
        Map<String, String> patients = new HashMap<>();
        Sources.scan(out).read(Intakes.NEW_YORK, reading -> {
            patients.put(reading.patientKey() + "", reading.sourcePatientId() + "");
            reading.facts().stream()
                    .filter(ScoreFact.class::isInstance)
                    .map(ScoreFact.class::cast)
                    .filter(score -> score.getInstrument().equals("phq9") && score.getItems() != null)
                    .forEach(scores::add);
        });
        scores.sort((a, b) -> a.getOccurredAt().compareTo(b.getOccurredAt()));
        for (ScoreFact score : scores) {
            int total = Objects.requireNonNull(score.getTotal());
            firstAndLast.computeIfAbsent(patients.get(score.getPatientKey()), p -> new int[] {total, total})[1] = total;
        }
        int told = 0;
        int true50 = 0;
        JsonNode truth = new ObjectMapper().readTree(out.resolve("truth.json").toFile());
        assertThat(truth.path("patients")).hasSize(400);
        for (JsonNode patient : truth.path("patients")) {
            int[] scored = firstAndLast.get(patient.path("patient").asText());
            boolean stays = !patient.path("dropsOut").asBoolean()
                    && !patient.path("relapses").asBoolean();
            boolean early = LocalDate.parse(patient.path("firstDose").asText()).isBefore(TO.minusDays(200));
            if (stays
                    && early
                    && scored != null
                    && patient.path("course").asText().equals("REMITTER")) {
                told++;
                true50 += 2 * (scored[0] - scored[1]) >= scored[0] ? 1 : 0;
            }
        }
        assertThat(told).isGreaterThan(30);
        assertThat(true50).isGreaterThan(told * 9 / 10);
    }

    @Test
    void refusesParametersThatMakeNoSense() {
        assertThatThrownBy(() -> new Simulation(1, 0, 10, FROM, TO)).hasMessage("clinics: 1 to 10000, not 0");
        assertThatThrownBy(() -> new Simulation(1, 1, -1, FROM, TO)).hasMessage("patients: 0 or more, not -1");
        assertThatThrownBy(() -> new Simulation(1, 1, 1, TO, FROM)).hasMessageContaining("before the first");
    }
}
