package care.outcomes.streams.rate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Golden sequence of domain.md §5.4: target 0.45; λ 0.2, L 3; odds ratio 0.5. */
class DriftTest {

    private static final List<Boolean> OUTCOMES =
            List.of(true, false, true, true, false, false, false, false, false, false);

    private static final double ROUNDED = 1e-6;

    @Test
    void movingAverageAndItsLimits() {
        List<Ewma.Point> points = new Ewma(0.2, 3).of(OUTCOMES, 0.45);
        double[] averages = {.56, .448, .5584, .64672, .517376, .413901, .331121, .264897, .211917, .169534};
        double[] limits = {.151504, .067738, .022660, 0, 0, 0, 0, 0, 0, 0};
        for (int i = 0; i < averages.length; i++) {
            assertThat(points.get(i).average()).isCloseTo(averages[i], within(ROUNDED));
            assertThat(points.get(i).limits().low()).isCloseTo(limits[i], within(ROUNDED));
        }
        assertThat(points.get(0).limits().high()).isCloseTo(0.9 - .151504, within(ROUNDED));
    }

    @Test
    void riskAdjustedSum() {
        Cusum cusum = new Cusum(0.5, 1.5);
        List<Double> sums = cusum.of(OUTCOMES.stream()
                .map(success -> new Cusum.Outcome(success, 0.45))
                .toList());
        double[] expected = {0, .254892, 0, 0, .254892, .509784, .764677, 1.019569, 1.274461, 1.529353};
        for (int i = 0; i < expected.length; i++) {
            assertThat(sums.get(i)).isCloseTo(expected[i], within(ROUNDED));
            assertThat(cusum.alarms(sums.get(i))).isEqualTo(i == 9);
        }
    }

    /** A failure that was to be expected says less than one that was not. */
    @Test
    void anUnexpectedFailureWeighsMore() {
        Cusum cusum = new Cusum(0.5, 4);
        double likely = cusum.of(List.of(new Cusum.Outcome(false, 0.8))).get(0);
        double unlikely = cusum.of(List.of(new Cusum.Outcome(false, 0.2))).get(0);
        assertThat(likely).isGreaterThan(unlikely);
    }
}
