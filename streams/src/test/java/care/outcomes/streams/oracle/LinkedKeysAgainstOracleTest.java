package care.outcomes.streams.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.streams.history.Happening;
import care.outcomes.streams.history.Histories;
import care.outcomes.streams.history.History;
import java.io.IOException;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Merges, unmerges and erasures: charts that give to each other, against the oracle, which erases and relabels before it
 * counts.
 */
class LinkedKeysAgainstOracleTest {

    private static final int HISTORIES = Integer.getInteger("oracle.histories", 1_000) / 2;
    private static final long FIRST_SEED = Long.getLong("oracle.seed", 1);

    private static final Set<Happening> HAPPENINGS =
            EnumSet.of(Happening.LINKS, Happening.ERASURE, Happening.TRIALS, Happening.TRANSFER, Happening.DIAGNOSIS);

    @Test
    void chartsAndOracleAgreeAsIntegers() throws SQLException, IOException {
        List<History> histories = LongStream.range(FIRST_SEED, FIRST_SEED + HISTORIES)
                .mapToObj(seed -> Histories.of(seed, HAPPENINGS))
                .toList();
        Map<Long, Reading> expected = new Oracle(KernelReading.INSTRUMENTS, KernelReading.TREATMENTS).read(histories);
        List<String> disagreements = histories.parallelStream()
                .map(history -> disagreement(history, expected.getOrDefault(history.seed(), new Reading())))
                .filter(text -> !text.isEmpty())
                .toList();
        assertThat(disagreements.stream().limit(3).toList())
                .as("%d of %d histories disagree", disagreements.size(), HISTORIES)
                .isEmpty();
    }

    private static String disagreement(History history, Reading expected) {
        int asOf = (int) history.asOf().toEpochDay();
        Reading charts = KernelReading.of(
                KernelReading.charts(history.arrivals(history.seed()), asOf), asOf, SampleDays.of(history));
        List<String> differences = expected.differences("oracle", charts, "charts");
        return differences.isEmpty() ? "" : history.toText() + "\n  " + String.join("\n  ", differences) + "\n";
    }
}
