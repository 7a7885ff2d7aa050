package care.outcomes.streams.rate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WilsonTest {

    @Test
    void holdsTheRateAndStaysWithinItsBounds() {
        for (int n = 1; n <= 60; n++) {
            for (int successes = 0; successes <= n; successes++) {
                Interval interval = Wilson.of(successes, n);
                assertThat(interval.holds((double) successes / n)).isTrue();
                assertThat(interval.low()).isBetween(0.0, 1.0);
                assertThat(interval.high()).isBetween(0.0, 1.0);
            }
        }
    }

    @Test
    void thereIsNoneForNobody() {
        assertThatThrownBy(() -> Wilson.of(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
