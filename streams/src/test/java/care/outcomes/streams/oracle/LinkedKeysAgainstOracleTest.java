package care.outcomes.streams.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.streams.history.Happening;
import care.outcomes.streams.history.Histories;
import care.outcomes.streams.history.History;
import care.outcomes.streams.timeline.Timeline;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Merges, unmerges and erasures: charts that give to each other, against the oracle, which erases and relabels before it
 * counts. 2,000 histories; {@code -Doracle.histories=10000 -Doracle.seed=S} choose another number and the first seed.
 */
class LinkedKeysAgainstOracleTest {

    private static final int HISTORIES = Integer.getInteger("oracle.histories", 2_000);
    private static final long FIRST_SEED = Long.getLong("oracle.seed", 1);
    private static final int BATCH = 250;
    private static final int ENOUGH_FOR_EVERYTHING = 500;

    private static final Set<Happening> HAPPENINGS =
            EnumSet.of(Happening.LINKS, Happening.ERASURE, Happening.TRIALS, Happening.TRANSFER, Happening.DIAGNOSIS);

    private final Set<String> reached = new ConcurrentSkipListSet<>();

    @Test
    void chartsAndOracleAgreeAsIntegers() throws SQLException, IOException {
        Oracle oracle = new Oracle(KernelReading.INSTRUMENTS, KernelReading.TREATMENTS);
        List<String> disagreements = new ArrayList<>();
        long end = FIRST_SEED + HISTORIES;
        for (long from = FIRST_SEED; from < end; from += BATCH) {
            List<History> histories = LongStream.range(from, Math.min(from + BATCH, end))
                    .mapToObj(seed -> Histories.of(seed, HAPPENINGS))
                    .toList();
            Map<Long, Reading> expected = oracle.read(histories);
            histories.parallelStream()
                    .map(history -> disagreement(history, expected.getOrDefault(history.seed(), new Reading())))
                    .filter(text -> !text.isEmpty())
                    .forEachOrdered(disagreements::add);
        }
        assertThat(disagreements.stream().limit(3).toList())
                .as("%d of %d histories disagree", disagreements.size(), HISTORIES)
                .isEmpty();
        if (HISTORIES >= ENOUGH_FOR_EVERYTHING) {
            // Agreement about what never happens would prove nothing.
            assertThat(reached)
                    .containsExactly(
                            "course of two keys",
                            "erased",
                            "erased in part",
                            "merged",
                            "merged in a round",
                            "merged through another",
                            "unmerged");
        }
    }

    private String disagreement(History history, Reading expected) {
        int asOf = (int) history.asOf().toEpochDay();
        Map<String, Timeline> counting = KernelReading.charts(history.arrivals(history.seed()), asOf);
        Reading charts = KernelReading.of(counting, asOf, SampleDays.of(history));
        note(history, counting, charts);
        List<String> differences = expected.differences("oracle", charts, "charts");
        return differences.isEmpty() ? "" : history.toText() + "\n  " + String.join("\n  ", differences) + "\n";
    }

    /** What of all that can become of keys became of those of a history. */
    private void note(History history, Map<String, Timeline> counting, Reading charts) {
        Set<String> erasing = keysWith(history, PatientFactKind.ERASURE, "");
        Set<String> parting = keysWith(history, PatientFactKind.UNMERGE, "");
        Set<String> origins = new TreeSet<>();
        counting.forEach((staying, timeline) -> {
            Set<String> given = timeline.live().stream()
                    .map(fact -> fact.stamp().identity().origin())
                    .collect(Collectors.toCollection(TreeSet::new));
            boolean own = given.remove("");
            origins.addAll(given);
            if (own) {
                origins.add(staying);
            }
            if (own && parting.contains(staying)) {
                reached.add("unmerged");
            }
            for (String giving : given) {
                boolean direct =
                        keysWith(history, PatientFactKind.MERGE, staying).contains(giving);
                reached.add(direct ? "merged" : "merged through another");
                if (keysWith(history, PatientFactKind.MERGE, giving).contains(staying)) {
                    reached.add("merged in a round");
                }
            }
            if (own
                    && !given.isEmpty()
                    && charts.courses().stream()
                            .anyMatch(course -> course.course().startsWith(staying))) {
                reached.add("course of two keys");
            }
        });
        erasing.forEach(key -> reached.add(origins.contains(key) ? "erased in part" : "erased"));
    }

    /** Keys with an event of a kind, that names a key if one is given. */
    private static Set<String> keysWith(History history, PatientFactKind kind, String named) {
        return history.versions().stream()
                .filter(version -> version instanceof PatientFact event
                        && event.getKind() == kind
                        && (named.isEmpty() || named.equals(event.getValue())))
                .map(History::patientKey)
                .collect(Collectors.toSet());
    }
}
