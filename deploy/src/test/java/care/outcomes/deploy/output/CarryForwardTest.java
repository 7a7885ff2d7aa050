package care.outcomes.deploy.output;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.Estimand;
import care.outcomes.schemas.record.RateRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class CarryForwardTest {
    private static final LocalDate AS_OF = LocalDate.parse("2025-03-10");

    @Test
    void everyDayFromTheFirstRowHasTheCountsOfTheLastRowBeforeIt() {
        List<RateRow> rows =
                List.of(Rows.started(2, "C1", "P28D", "2025-03-05"), Rows.started(3, "C1", "P28D", "2025-03-08"));

        assertThat(days(rows, day -> true))
                .containsExactly(
                        "C1 P28D 2025-03-05 2",
                        "C1 P28D 2025-03-06 2",
                        "C1 P28D 2025-03-07 2",
                        "C1 P28D 2025-03-08 3",
                        "C1 P28D 2025-03-09 3",
                        "C1 P28D 2025-03-10 3");
    }

    @Test
    void withoutDailyThereAreMonthEndsAndTheAsOfDay() {
        List<RateRow> rows = List.of(Rows.started(1, "C1", "P90D", "2024-12-31"));

        assertThat(days(rows, CarryForward.monthEndsAnd(AS_OF)))
                .containsExactly(
                        "C1 P90D 2024-12-31 1", "C1 P90D 2025-01-31 1", "C1 P90D 2025-02-28 1", "C1 P90D 2025-03-10 1");
    }

    @Test
    void aDayWithNothingStartedHasNoRowAndEndsTheCarrying() {
        List<RateRow> rows = List.of(
                Rows.started(1, "C1", "P28D", "2025-03-01"),
                Rows.started(0, "C1", "P28D", "2025-03-03"),
                Rows.started(4, "C1", "P28D", "2025-03-10"));

        assertThat(days(rows, day -> true))
                .containsExactly("C1 P28D 2025-03-01 1", "C1 P28D 2025-03-02 1", "C1 P28D 2025-03-10 4");
    }

    @Test
    void groupsAndWindowsDoNotRunIntoEachOther() {
        List<RateRow> rows = List.of(
                Rows.started(1, "C1", "P28D", "2025-03-09"),
                Rows.started(2, "C1", "P90D", "2025-03-10"),
                Rows.started(3, "C2", "P90D", "2025-03-09"));

        assertThat(days(rows, day -> true))
                .containsExactly(
                        "C1 P28D 2025-03-09 1",
                        "C1 P28D 2025-03-10 1",
                        "C1 P90D 2025-03-10 2",
                        "C2 P90D 2025-03-09 3",
                        "C2 P90D 2025-03-10 3");
    }

    @Test
    void rowsAfterTheAsOfDayAreLeftOut() {
        List<RateRow> rows =
                List.of(Rows.started(1, "C1", "P28D", "2025-03-10"), Rows.started(2, "C1", "P28D", "2025-03-12"));

        assertThat(days(rows, day -> true)).containsExactly("C1 P28D 2025-03-10 1");
        assertThat(days(rows.subList(1, 2), day -> true)).isEmpty();
    }

    @Test
    void aCarriedRowIsAsOfItsOwnDay() {
        List<RateRow> filled = new ArrayList<>();
        CarryForward.fill(List.of(Rows.started(1, "C1", "P28D", "2025-03-01")), AS_OF, AS_OF::equals, filled::add);

        assertThat(filled).singleElement().satisfies(row -> {
            assertThat(row.getDay()).isEqualTo(AS_OF);
            assertThat(row.getAsOf()).isEqualTo(AS_OF);
            assertThat(row.getRuleset()).isEqualTo("r1");
        });
    }

    @Test
    void cohortRowsStayAsTheyAre() {
        RateRow cohort = Rows.period("C1", "*", "P28D", "2025-03-10")
                .setEstimand(Estimand.COHORT)
                .setWindow(null)
                .setHorizon("P4W")
                .setMonth("2025-01")
                .build();
        List<RateRow> filled = new ArrayList<>();
        CarryForward.fill(List.of(cohort), AS_OF, day -> false, filled::add);

        assertThat(filled).containsExactly(cohort);
    }

    @Test
    void publishingOnlyChangesAndMonthEndsLosesNothing() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            Map<LocalDate, Integer> truth = new TreeMap<>();
            List<RateRow> published = new ArrayList<>();
            int started = 0;
            for (LocalDate day = LocalDate.parse("2024-11-20"); !day.isAfter(AS_OF); day = day.plusDays(1)) {
                int before = started;
                started = random.nextInt(5) == 0 ? random.nextInt(3) : started;
                truth.put(day, started);
                if (started != before || day.getDayOfMonth() == day.lengthOfMonth()) {
                    published.add(Rows.started(started, "C1", "P28D", day.toString()));
                }
            }
            truth.values().removeIf(count -> count == 0);
            Map<LocalDate, Integer> read = new TreeMap<>();
            CarryForward.fill(published, AS_OF, day -> true, row -> read.put(row.getDay(), row.getStarted()));
            assertThat(read).as("seed %d", seed).isEqualTo(truth);
        }
    }

    private static List<String> days(List<RateRow> rows, Predicate<LocalDate> wanted) {
        List<String> days = new ArrayList<>();
        CarryForward.fill(
                rows,
                AS_OF,
                wanted,
                row -> days.add(
                        row.getClinicId() + " " + row.getWindow() + " " + row.getDay() + " " + row.getStarted()));
        return days;
    }
}
