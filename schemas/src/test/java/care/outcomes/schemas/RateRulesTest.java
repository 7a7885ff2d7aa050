package care.outcomes.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import care.outcomes.schemas.CohortHorizon.After;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class RateRulesTest {

    @Test
    void shipsTheHorizonsOfTheContract() {
        assertThat(RateRules.load().horizons().values())
                .containsExactly(
                        new CohortHorizon("P4W", After.FIRST_DOSE, 28 - 7, 28 + 7),
                        new CohortHorizon("P8W", After.FIRST_DOSE, 56 - 14, 56 + 14),
                        new CohortHorizon("P26W", After.FIRST_DOSE, 182 - 30, 182 + 30),
                        new CohortHorizon("P52W", After.FIRST_DOSE, 365 - 60, 365 + 60),
                        new CohortHorizon("END_OF_INDUCTION", After.LAST_INDUCTION_DOSE, 1, 31));
    }

    @Test
    void tellsEveryProblemWithPlaceAndLine() {
        String file = """
                horizons:
                  P4W: {after: FIRST_DOSE, earliest: 0, latest: 35}
                  P8W: {after: LAST_DOSE, earliest: 42, latest: 41}
                  P9W: {after: FIRST_DOSE, earliest: 42, last: 70}
                """;
        assertThatThrownBy(() -> RateRules.read("rates.yaml", new StringReader(file)))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("rates.yaml: horizons.P4W.earliest (line 2): must be 1 or more")
                .hasMessageContaining("horizons.P8W.after (line 3): must be FIRST_DOSE or LAST_INDUCTION_DOSE")
                .hasMessageContaining("horizons.P8W.latest (line 3): must not be before earliest 42")
                .hasMessageContaining("horizons.P9W.latest (line 4): is missing");
    }

    @Test
    void referencesAndChartsAreCheckedToo() {
        String file = """
                horizons:
                  P8W: {after: FIRST_DOSE, earliest: 42, latest: 70}
                reference: {cohorts: 0, least: 30}
                chart: {horizon: P8V, last: 500, survivalDays: 365, weight: 1.2, width: 3, oddsRatio: 1, threshold: 4}
                """;
        assertThatThrownBy(() -> RateRules.read("rates.yaml", new StringReader(file)))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("reference.cohorts (line 3): must be 1 or more")
                .hasMessageContaining("chart.horizon (line 4): is no horizon; did you mean 'P8W'?")
                .hasMessageContaining("chart.weight (line 4): must be more than 0, at most 1")
                .hasMessageContaining("chart.oddsRatio (line 4): must be more than 0, and not 1");
        assertThatThrownBy(() -> RateRules.read("rates.yaml", new StringReader("horizons: {}")))
                .hasMessageContaining("chart (line 1): is missing");
    }
}
