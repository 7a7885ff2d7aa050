package care.outcomes.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.RateRow;
import care.outcomes.streams.rate.Cohort;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Tally.Count;
import care.outcomes.streams.rate.Window;
import care.outcomes.streams.topology.state.CohortOf;
import care.outcomes.streams.topology.state.CountedCohort;
import care.outcomes.streams.topology.state.CountedRow;
import care.outcomes.streams.topology.state.Expectation;
import care.outcomes.streams.topology.state.NetworkGroup;
import care.outcomes.streams.topology.state.RowOf;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RateRowsTest {

    private static final Tally ONE = Tally.one(Count.ELIGIBLE);
    private static final Tally MEASURED = Tally.one(Count.ELIGIBLE, Count.MEASURED, Count.RESPONDED);

    @Test
    void aRowIsDueWhereCountsChangeAndAtMonthEndsUnlessNothingIsCounted() {
        SortedMap<Integer, Tally> counts = new TreeMap<>();
        put(counts, "2025-01-29", ONE);
        put(counts, "2025-01-30", ONE);
        put(counts, "2025-01-31", ONE);
        put(counts, "2025-02-01", MEASURED);
        put(counts, "2025-02-27", Tally.ZERO);
        put(counts, "2025-02-28", Tally.ZERO);
        assertThat(RateRows.due(counts, ONE).keySet().stream().map(LocalDate::ofEpochDay))
                .extracting(LocalDate::toString)
                .containsExactly("2025-01-31", "2025-02-01", "2025-02-27");
        assertThat(RateRows.due(counts, Tally.ZERO).firstKey()).isEqualTo(counts.firstKey());
    }

    @Test
    void ofOldRowsMonthEndsAreKeptAndWhatReadersCarryForward() {
        SortedMap<Integer, Tally> rows = new TreeMap<>();
        for (String day : List.of("2025-01-29", "2025-01-31", "2025-02-03", "2025-02-05", "2025-02-08")) {
            put(rows, day, ONE);
        }
        assertThat(expired(rows, "2025-02-05")).containsExactly("2025-01-29", "2025-02-03");
        assertThat(expired(rows, "2025-02-07")).containsExactly("2025-01-29", "2025-02-03");
        assertThat(expired(rows, "2025-02-08")).containsExactly("2025-01-29", "2025-02-03", "2025-02-05");
        assertThat(expired(rows, "2025-01-28")).isEmpty();
    }

    private static List<String> expired(SortedMap<Integer, Tally> rows, String lastOld) {
        return RateRows.expired(rows, (int) LocalDate.parse(lastOld).toEpochDay()).stream()
                .map(day -> LocalDate.ofEpochDay(day).toString())
                .toList();
    }

    @Test
    void aCohortsRowNamesHorizonAndMonth() {
        CohortOf key = new CohortOf(
                "north", new Cohort(new Group("C1", "*", "phq9"), YearMonth.of(2025, 1), "END_OF_INDUCTION"));
        assertThat(RateRows.key(key)).isEqualTo("north·C1·*·phq9·COHORT·END_OF_INDUCTION·2025-01");
        Tally tally = MEASURED.plus(ONE).plus(Tally.one(Count.NO_BASELINE)).plus(Tally.one(Count.NO_BASELINE));
        int day = (int) LocalDate.of(2025, 6, 30).toEpochDay();
        RateRow row = RateRows.of(
                key,
                new CountedCohort(
                        tally.plus(Tally.one(Count.PENDING)).plus(Tally.one(Count.DIED)),
                        new Expectation("north·*·phq9·2025-05", 2.0),
                        2,
                        null),
                day,
                "rules",
                0);
        assertThat(row.getMonth()).isEqualTo("2025-01");
        assertThat(row.getWindow()).isNull();
        assertThat(row.getDay()).isEqualTo(LocalDate.of(2025, 6, 30)).isEqualTo(row.getAsOf());
        assertThat(row.getExpected()).isEqualTo(2.0);
        assertThat(row.getOe()).isEqualTo(tally.get(Count.RESPONDED) / 2.0);
        assertThat(row.getReference()).isEqualTo("north·*·phq9·2025-05");
        assertThat(row.getStarted()).isEqualTo(4);
        assertThat(row.getPending()).isEqualTo(1);
        assertThat(row.getDied()).isEqualTo(1);
        assertThat(row.getRateEligible()).isEqualTo(0.5);
        assertThat(row.getRateStarted()).isEqualTo(0.25);
        assertThat(row.getPercentMeasuredOfStarted()).isEqualTo(25.0);
        assertThat(RateRows.counts(row).isPlausible()).isTrue();
    }

    @Test
    void aRowCarriesCountsAndRates() {
        RowOf key = new RowOf(new NetworkGroup("north", new Group("C1", "*", "phq9")), Window.P90D, (int)
                LocalDate.of(2025, 1, 31).toEpochDay());
        assertThat(RateRows.key(key)).isEqualTo("north·C1·*·phq9·PERIOD·P90D·2025-01-31");
        RateRow row = RateRows.of(key, new CountedRow(MEASURED.plus(ONE), 3), "rules", 0);
        assertThat(row.getStarted()).isEqualTo(2);
        assertThat(row.getEligible()).isEqualTo(2);
        assertThat(row.getRateMeasured()).isEqualTo(1.0);
        assertThat(row.getPercentMeasured()).isEqualTo(50.0);
        assertThat(row.getRevision()).isEqualTo(3);
        assertThat(row.getAsOf()).isEqualTo(row.getDay());
        assertThat(row.getHorizon()).isNull();
    }

    private static void put(SortedMap<Integer, Tally> counts, String day, Tally tally) {
        counts.put((int) LocalDate.parse(day).toEpochDay(), tally);
    }
}
