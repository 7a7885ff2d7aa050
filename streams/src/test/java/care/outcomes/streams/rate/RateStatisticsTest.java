package care.outcomes.streams.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import care.outcomes.streams.rate.Tally.Count;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateStatisticsTest {

    private static Tally tally(int eligible, int measured, int responded) {
        int[] counts = new int[Tally.SIZE];
        counts[Count.ELIGIBLE.ordinal()] = eligible;
        counts[Count.MEASURED.ordinal()] = measured;
        counts[Count.RESPONDED.ordinal()] = responded;
        counts[Count.MINIMAL.ordinal()] = measured - responded;
        return Tally.of(counts);
    }

    /** Golden vectors of domain.md §5.2. */
    @ParameterizedTest
    @CsvSource({
        "0,10,0,0.277533",
        "1,10,0.017876,0.404150",
        "5,10,0.236593,0.763407",
        "10,10,0.722467,1",
        "8,20,0.218807,0.613418",
        "11,30,0.218739,0.544864",
        "27,60,0.330937,0.575081",
        "53,100,0.432889,0.624892",
        "288,537,0.494027,0.578083"
    })
    void wilsonInterval(int responded, int measured, double low, double high) {
        RateStatistics rates = RateStatistics.of(tally(measured, measured, responded));
        assertThat(rates.wilsonLow()).isNotNull().isCloseTo(low, within(1e-6));
        assertThat(rates.wilsonHigh()).isNotNull().isCloseTo(high, within(1e-6));
    }

    /** Worked example of domain.md §5.1: 100 eligible, 34 measured, 8 responded. */
    @Test
    void bothDenominatorsAndTheBounds() {
        RateStatistics rates = RateStatistics.of(tally(100, 34, 8));
        assertThat(rates.rateMeasured()).isNotNull().isCloseTo(8 / 34.0, within(1e-12));
        assertThat(rates.rateEligible()).isEqualTo(0.08);
        assertThat(rates.percentMeasured()).isEqualTo(34.0);
        assertThat(rates.worstCase()).isEqualTo(0.08);
        assertThat(rates.bestCase()).isEqualTo(0.74);
    }

    @Test
    void nothingMeasuredGivesNoRateRatherThanZero() {
        RateStatistics rates = RateStatistics.of(tally(5, 0, 0));
        assertThat(rates.rateMeasured()).isNull();
        assertThat(rates.wilsonLow()).isNull();
        assertThat(rates.rateEligible()).isEqualTo(0.0);
        assertThat(RateStatistics.of(Tally.ZERO).percentMeasured()).isNull();
    }
}
