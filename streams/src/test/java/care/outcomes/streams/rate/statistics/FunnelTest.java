package care.outcomes.streams.rate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import care.outcomes.streams.rate.statistics.Funnel.Place;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunnelTest {

    /** Four decimals of the golden table, domain.md §5.3, target 0.45. */
    private static final double ROUNDED = 5.1e-5;

    @ParameterizedTest
    @CsvSource({
        "20,.1062,.2320,.6680,.7938,.1009,.2084,.6451,.7712",
        "50,.2326,.3121,.5879,.6674,.2265,.3029,.5786,.6581",
        "100,.2963,.3525,.5475,.6037,.2931,.3479,.5432,.5993"
    })
    void goldenLimits(
            int n,
            double low998,
            double low95,
            double high95,
            double high998,
            double exactLow998,
            double exactLow95,
            double exactHigh95,
            double exactHigh998) {
        isCloseTo(Funnel.normal(n, 0.45, 1), low95, high95, low998, high998);
        isCloseTo(Funnel.exact(n, 0.45), exactLow95, exactHigh95, exactLow998, exactHigh998);
    }

    private static void isCloseTo(Funnel funnel, double low95, double high95, double low998, double high998) {
        assertThat(funnel.limits95().low()).isCloseTo(low95, within(ROUNDED));
        assertThat(funnel.limits95().high()).isCloseTo(high95, within(ROUNDED));
        assertThat(funnel.limits998().low()).isCloseTo(low998, within(ROUNDED));
        assertThat(funnel.limits998().high()).isCloseTo(high998, within(ROUNDED));
    }

    /** Against the definition, with the probabilities multiplied out. */
    @Test
    void exactLimitsFollowTheirDefinitionAtEverySize() {
        for (int n = 1; n <= 120; n++) {
            for (double target : new double[] {0.02, 0.3, 0.45, 0.97}) {
                Funnel funnel = Funnel.exact(n, target);
                assertThat(funnel.limits95().low()).isCloseTo(byDefinition(n, target, 0.025), within(1e-9));
                assertThat(funnel.limits95().high()).isCloseTo(byDefinition(n, target, 0.975), within(1e-9));
                assertThat(funnel.limits998().low()).isCloseTo(byDefinition(n, target, 0.001), within(1e-9));
                assertThat(funnel.limits998().high()).isCloseTo(byDefinition(n, target, 0.999), within(1e-9));
            }
        }
    }

    private static double byDefinition(int n, double p, double tail) {
        double probability = Math.pow(1 - p, n);
        double sum = probability;
        int r = 0;
        while (sum <= tail) {
            probability *= (double) (n - r) / (r + 1) * p / (1 - p);
            r++;
            sum += probability;
        }
        return Math.min(1, Math.max(0, (r - (sum - tail) / probability) / n));
    }

    @Test
    void overdispersionWidensAndNeverNarrows() {
        Funnel plain = Funnel.normal(100, 0.45, 1);
        assertThat(Funnel.normal(100, 0.45, 0.3)).isEqualTo(plain);
        assertThat(0.45 - Funnel.normal(100, 0.45, 4).limits95().low())
                .isCloseTo(2 * (0.45 - plain.limits95().low()), within(1e-12));
    }

    @Test
    void overdispersionDrawsTheExtremesInFirst() {
        List<Double> zs = List.of(-9.0, -1.0, 0.0, 1.0, 0.5, -0.5, 2.0, -2.0, 1.0, 30.0);
        assertThat(Funnel.overdispersion(zs, 0.1))
                .isCloseTo((2 * 4 + 2 * 4 + 1 + 1 + 1 + 0.25 + 0.25) / 10, within(1e-12));
        assertThat(Funnel.overdispersion(zs, 0)).isGreaterThan(90);
        assertThat(Funnel.z(55, 100, 0.45)).isCloseTo(0.1 / Math.sqrt(0.45 * 0.55 / 100), within(1e-12));
    }

    @Test
    void saysWhereARateLies() {
        Funnel funnel = Funnel.exact(100, 0.45);
        assertThat(funnel.place(0.45)).isEqualTo(Place.INSIDE);
        assertThat(funnel.place(0.32)).isEqualTo(Place.OUTSIDE_95);
        assertThat(funnel.place(0.62)).isEqualTo(Place.OUTSIDE_998);
    }

    @Test
    void noFunnelWithoutCasesOrSpread() {
        assertThatThrownBy(() -> Funnel.exact(0, 0.45)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Funnel.exact(10, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Funnel.normal(10, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
