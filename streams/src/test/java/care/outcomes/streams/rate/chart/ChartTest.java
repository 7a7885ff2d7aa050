package care.outcomes.streams.rate.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import care.outcomes.schemas.ChartRules;
import care.outcomes.schemas.RateRules;
import care.outcomes.streams.rate.Stratum;
import care.outcomes.streams.rate.Stratum.Prior;
import care.outcomes.streams.rate.reference.Kind;
import care.outcomes.streams.rate.reference.Share;
import care.outcomes.streams.rate.reference.Shares;
import care.outcomes.streams.rate.statistics.Survival;
import care.outcomes.streams.rate.statistics.Survival.Ended;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChartTest {

    private static final ChartRules RULES = RateRules.load().chart();
    private static final Stratum STRATUM = new Stratum("KETAMINE_IV", 2, Prior.UNKNOWN, true);

    /** Target 0.45. */
    private static final Shares SHARES = new Shares(
            YearMonth.of(2025, 1), YearMonth.of(2025, 12), new TreeMap<>(Map.of(Kind.ALL, new Share(100, 45))));

    private static List<ChartCase> cases(@Nullable Boolean... responded) {
        List<ChartCase> cases = new ArrayList<>();
        for (Boolean it : responded) {
            int day = cases.size();
            cases.add(new ChartCase("c" + day, day, day + 1, it, STRATUM, Map.of()));
        }
        return cases;
    }

    /** The golden sequence of domain.md §5.4, with a course that was not measured among it. */
    @Test
    void averageAndSumOfTheMeasuredCasesInOrder() {
        Chart chart =
                Chart.of(cases(true, false, null, true, true, false, false, false, false, false, false), RULES, SHARES);
        assertThat(chart.cases()).isEqualTo(11);
        assertThat(chart.points()).hasSize(10);
        Chart.Point last = chart.points().get(9);
        assertThat(Objects.requireNonNull(last.average()).average()).isCloseTo(.169534, within(1e-6));
        assertThat(last.sum()).isNotNull().isCloseTo(1.529353, within(1e-6));
        assertThat(last.expected()).isEqualTo(0.45);
        assertThat(last.on()).isEqualTo(10);
    }

    @Test
    void withoutAReferenceTheOutcomesStandAlone() {
        Chart chart = Chart.of(cases(true, false), RULES, null);
        assertThat(chart.points()).extracting(Chart.Point::responded).containsExactly(true, false);
        assertThat(chart.points()).allSatisfy(point -> {
            assertThat(point.average()).isNull();
            assertThat(point.sum()).isNull();
        });
    }

    /** The golden vector of domain.md §5.6, case by case. */
    @Test
    void countsOfTimesGiveTheKaplanMeierEstimate() {
        int[] days = {7, 14, 14, 21, 21, 28, 35, 42};
        boolean[] events = {true, true, false, true, true, false, true, false};
        List<ChartCase> cases = new ArrayList<>();
        for (int i = 0; i < days.length; i++) {
            Map<Endpoint, TimeTo> times = Map.of(Endpoint.RESPONSE, new TimeTo(days[i], events[i]));
            cases.add(new ChartCase("c" + i, i, i, true, STRATUM, times));
        }
        Map<Integer, Ended> counts =
                Objects.requireNonNull(Chart.of(cases, RULES, null).survival().get(Endpoint.RESPONSE));
        assertThat(counts).containsEntry(14, new Ended(1, 1));
        assertThat(Survival.of(counts).median()).isEqualTo(21);
        assertThat(Survival.of(counts).at(35)).isCloseTo(.225, within(1e-6));
    }
}
