package care.outcomes.deploy.output;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.RateRow;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TablesTest {
    private static final LocalDate DAY = LocalDate.parse("2025-03-31");
    private static final RateTables RATES = new RateTables(Words.load());

    @Test
    void ratesComeByClinicAndByTreatmentWithTheirIntervals() {
        String text = RATES.text(
                List.of(
                        scored("C1", "*", 2, 1),
                        scored("*", "*", 4, 1),
                        scored("*", "KETAMINE_IV", 4, 1),
                        scored("C1", "KETAMINE_IV", 2, 1)),
                DAY,
                RateWindow.P90D,
                "*",
                "*");

        assertThat(text).isEqualTo("""
                        RESPONSE AND REMISSION, 2025-01-01 to 2025-03-31
                        Each patient counts once, by the latest score of these 90 days (PERIOD P90D as of 2025-03-31).
                        Response: score at least halved since before treatment; in brackets the 95 % interval (Wilson).
                        Rates are of the patients scored. Not rated: no baseline, or a baseline too mild for the instrument.

                        PHQ-9, network net: All treatments by clinic
                        Clinic              Scored     Response  Remission  Worse  Not rated
                        All clinics  4 of 5 (80 %)  25 % (5-70)        0 %   75 %          0
                        C1           2 of 3 (67 %)  50 % (5-70)        0 %   50 %          0

                        PHQ-9, network net: All clinics by treatment
                        Treatment                     Scored     Response  Remission  Worse  Not rated
                        All treatments         4 of 5 (80 %)  25 % (5-70)        0 %   75 %          0
                        Ketamine, intravenous  4 of 5 (80 %)  25 % (5-70)        0 %   75 %          0
                        """);
    }

    @Test
    void aGroupWithoutScoresSaysSo() {
        RateRow unscored = Rows.period("C1", "*", "P90D", "2025-03-31")
                .setStarted(3)
                .setEligible(3)
                .setPercentMeasured(0.0)
                .build();
        RateRow unevaluable = Rows.period("C2", "*", "P90D", "2025-03-31")
                .setStarted(2)
                .setNoBaseline(2)
                .build();

        assertThat(RATES.text(List.of(unscored, unevaluable), DAY, RateWindow.P90D, "*", "*")
                        .lines())
                .anySatisfy(line -> assertThat(line).startsWith("C1 ").contains("not scored yet"))
                .anySatisfy(line -> assertThat(line).startsWith("C2 ").contains("no evaluable course yet"));
    }

    @Test
    void nothingAtAllIsSaidInWords() {
        assertThat(RATES.text(List.of(), DAY, RateWindow.P28D, "*", "*"))
                .contains("2025-03-04 to 2025-03-31")
                .endsWith("\nNo evaluable course yet: nobody had contact in these days.\n");
    }

    @Test
    void openAlertsAreCountedByRuleAndSeverity() {
        List<AlertRow> alerts = List.of(
                RunOutputTest.alert("a", AlertState.OPEN),
                RunOutputTest.alert("b", AlertState.OPEN),
                RunOutputTest.alert("c", AlertState.RESOLVED));

        assertThat(AlertTables.counts(alerts, Words.load())).isEqualTo("""
                        OPEN ALERTS: each asks for a review of the record; none says what to do
                                             Urgent  High  Review  For information  All
                        Non-response review       0     0       2                0    2
                        """);
        assertThat(AlertTables.counts(alerts.subList(2, 3), Words.load())).endsWith("\nNone.\n");
    }

    @Test
    void countsComeWithTheirReasons() {
        RunResult result = RunOutputTest.result(List.of(), List.of(), null);

        assertThat(CountTable.text(result.accounts().total(), result.skippedFiles()))
                .isEqualTo("""
                        RECORDS READ                           3
                        In use                                 1
                        The same again                         0
                        Replaced by another version or record  0
                        Of no use here                         0
                        Rejected, see rejected.ndjson          2
                          Ragged row: 1
                          Total out of range: 1
                        Skipped, no known format: a.txt, b/notes.md
                        """);
    }

    @Test
    void noLineIsWiderThanATerminalOfAHundred() {
        String clinic = "Clinic with a name as long as names of clinics are when nobody has an eye on columns";
        List<RateRow> rows = IntStream.range(0, 50)
                .mapToObj(i -> scored(clinic + i, "*", 1_000_000, 1_000_000))
                .toList();
        String text = RATES.text(rows, DAY, RateWindow.P90D, "*", "*");

        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(text).contains("and 10 more");
    }

    private static RateRow scored(String clinic, String treatment, int measured, int responded) {
        return Rows.period(clinic, treatment, "P90D", "2025-03-31")
                .setStarted(measured + 1)
                .setEligible(measured + 1)
                .setMeasured(measured)
                .setResponded(responded)
                .setWorse(measured - responded)
                .setRateMeasured((double) responded / measured)
                .setWilsonLow(0.046)
                .setWilsonHigh(0.699)
                .setPercentMeasured(100.0 * measured / (measured + 1))
                .build();
    }
}
