package care.outcomes.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.streams.history.Histories;
import care.outcomes.streams.timeline.Horizon;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Course rows carry all that any rate row is made of. */
class RatesRecomputedTest {

    private static final Horizon HORIZON = Horizon.endOf(LocalDate.of(2023, 3, 17), ZoneId.of("UTC"));

    @Test
    void courseRowsAloneGiveEveryRateRowOfRandomNetworks() {
        Recomputed expected = new Recomputed(facts(150), HORIZON);

        assertThat(expected.rates()).hasSizeGreaterThan(1000);
        assertThat(WorkerTest.tallies(rows(expected.courses().values()))).isEqualTo(expected.rates());
    }

    @Test
    void aVoteThatIsNotInTheRowIsMissed() {
        Recomputed expected = new Recomputed(facts(20), HORIZON);
        CourseRow voting = expected.courses().values().stream()
                .filter(row -> row.getEvaluable() && !row.getVotes().isEmpty())
                .findFirst()
                .orElseThrow();
        voting.setVotes(List.of());

        assertThat(WorkerTest.tallies(rows(expected.courses().values()))).isNotEqualTo(expected.rates());
    }

    private static List<SpecificRecord> facts(int histories) {
        List<SpecificRecord> facts = new ArrayList<>();
        for (long seed = 1; seed <= histories; seed++) {
            facts.addAll(Histories.of(seed).versions());
        }
        return facts;
    }

    /** The rows that follow from course rows, by key. */
    static Map<String, RateRow> rows(Collection<CourseRow> courses) {
        RatesRecomputed recomputed = new RatesRecomputed(new KnownReferences());
        courses.stream()
                .collect(Collectors.groupingBy(CourseRow::getPatientKey))
                .forEach(recomputed::add);
        Map<String, RateRow> rows = new TreeMap<>();
        recomputed.forEachRow(HORIZON.day(), false, (key, row, mayBeGone) -> rows.put(key, row));
        return rows;
    }
}
