package care.outcomes.ingest;

import static care.outcomes.ingest.Intakes.NEW_YORK;
import static care.outcomes.ingest.Intakes.sample;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Order, repetition and division into files change no id. */
class RepeatsTest {
    @TempDir
    private Path folder;

    private static Set<Object> eventIds(List<Reading> readings) {
        return readings.stream()
                .flatMap(reading -> reading.facts().stream())
                .map(fact -> Objects.requireNonNull(fact.get(0)))
                .collect(Collectors.toSet());
    }

    @Test
    void readsTheWholeTrial() throws IOException {
        List<Reading> readings = Intakes.read(NEW_YORK, sample("trial"));
        assertThat(readings).hasSize(952).allMatch(reading -> reading.facts().size() == 1);
        assertThat(eventIds(readings)).hasSize(952);
        assertThat(readings.stream().map(Reading::patientKey).collect(Collectors.toSet()))
                .hasSize(172);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void givesTheSameEventsShuffledSplitAndSentTwice(long seed) throws IOException {
        Random random = new Random(seed);
        for (String name : List.of("scores.csv", "doses.csv")) {
            List<String> lines = Files.readAllLines(sample("trial").resolve(name));
            List<String> rows = new ArrayList<>(lines.subList(1, lines.size()));
            rows.addAll(List.copyOf(rows));
            Collections.shuffle(rows, random);
            int cut = random.nextInt(rows.size());
            write(name + ".1", lines.get(0), rows.subList(0, cut));
            write(name + ".2", lines.get(0), rows.subList(cut, rows.size()));
        }
        List<Reading> readings = Intakes.read(NEW_YORK, folder);
        assertThat(readings).hasSize(2 * 952);
        assertThat(eventIds(readings)).isEqualTo(eventIds(Intakes.read(NEW_YORK, sample("trial"))));
    }

    private void write(String name, String header, List<String> rows) throws IOException {
        List<String> lines = new ArrayList<>(List.of(header));
        lines.addAll(rows);
        Files.write(folder.resolve(name), lines);
    }
}
