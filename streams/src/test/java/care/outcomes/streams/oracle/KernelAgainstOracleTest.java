package care.outcomes.streams.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.streams.history.History;
import care.outcomes.streams.rate.Tally;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Two readings of the same facts meet: the kernel, fact by fact in a random order of arrival with repeats, and the
 * oracle, set-based in SQL. 2,000 histories; {@code -Doracle.histories=10000 -Doracle.seed=S} choose another number and the
 * first seed.
 */
class KernelAgainstOracleTest {

    private static final int HISTORIES = Integer.getInteger("oracle.histories", 2_000);
    private static final long FIRST_SEED = Long.getLong("oracle.seed", 1);
    private static final int BATCH = 250;
    private static final int ENOUGH_FOR_EVERYTHING = 500;

    private final Oracle oracle = new Oracle(KernelReading.INSTRUMENTS, KernelReading.TREATMENTS);

    @Test
    void kernelAndOracleAgreeAsIntegers() throws SQLException, IOException {
        List<String> disagreements = new ArrayList<>();
        long end = FIRST_SEED + HISTORIES;
        Tally counted = Tally.ZERO;
        Tally inCohorts = Tally.ZERO;
        Set<String> closings = new TreeSet<>();
        Set<String> measured = new TreeSet<>();
        Set<String> seen = new TreeSet<>();
        for (long from = FIRST_SEED; from < end; from += BATCH) {
            List<History> histories =
                    Drawn.some(from, (int) Math.min(BATCH, end - from)).toList();
            Map<Long, Reading> expected = oracle.read(histories);
            histories.parallelStream()
                    .map(history -> disagreement(history, expected))
                    .filter(text -> !text.isEmpty())
                    .forEachOrdered(disagreements::add);
            for (Reading reading : expected.values()) {
                counted = reading.counts().values().stream().reduce(counted, Tally::plus);
                measured.addAll(reading.measures().values());
                inCohorts = reading.cohorts().values().stream().reduce(inCohorts, Tally::plus);
                reading.courses().forEach(line -> {
                    closings.add(line.closing().replaceAll("\\d+ ", ""));
                    seen.add(line.exclusion());
                    seen.addAll(line.standings());
                });
            }
        }
        assertThat(disagreements.stream().limit(3).toList())
                .as("%d of %d histories disagree", disagreements.size(), HISTORIES)
                .isEmpty();
        if (HISTORIES >= ENOUGH_FOR_EVERYTHING) {
            // Agreement about what never happens would prove nothing.
            Tally all = counted;
            assertThat(EnumSet.range(Tally.Count.ELIGIBLE, Tally.Count.BELOW_FLOOR))
                    .allSatisfy(count -> assertThat(all.get(count)).isPositive());
            assertThat(inCohorts.toArray()).doesNotContain(0);
            assertThat(measured)
                    .anyMatch(text -> text.endsWith("12-17 counts success final"))
                    .anyMatch(text -> text.endsWith("18+ excluded none open"));
            assertThat(closings)
                    .contains(
                            "open", "DIED", "SWITCHED", "NEXT_COURSE", "COMPLETED", "INCOMPLETE", "LOST", "WITHDRAWN");
            assertThat(seen)
                    .contains("NO_BASELINE", "SCALE_SWITCHED", "ZERO_BASELINE", "BELOW_FLOOR", "LEFT_TRUNCATED")
                    .contains("sustained", "consistent", "recovered", "WARNING", "LOST", "relapsed", "recurred")
                    .contains("overlap", "prorated");
        }
    }

    private static String disagreement(History history, Map<Long, Reading> expected) {
        Reading kernel = KernelReading.of(
                KernelReading.timelines(history.arrivals(history.seed())),
                (int) history.asOf().toEpochDay(),
                SampleDays.of(history));
        List<String> differences =
                expected.getOrDefault(history.seed(), new Reading()).differences("oracle", kernel, "kernel");
        return differences.isEmpty()
                ? ""
                : history.toText() + "\n rerun: -Dtest=KernelAgainstOracleTest -Doracle.histories=1 -Doracle.seed="
                        + history.seed() + "\n  " + String.join("\n  ", differences) + "\n";
    }
}
