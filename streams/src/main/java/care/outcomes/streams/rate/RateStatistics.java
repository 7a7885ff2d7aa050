package care.outcomes.streams.rate;

import care.outcomes.streams.rate.Tally.Count;
import org.jspecify.annotations.Nullable;

/**
 * Rates of a group, each null where its denominator is 0; in [0, 1] but for {@code percentMeasured}, in [0, 100].
 *
 * @param rateMeasured responded among measured
 * @param wilsonLow lower Wilson 95 % limit of that
 * @param wilsonHigh upper Wilson 95 % limit of that
 * @param rateEligible responded among eligible: who was not measured counts as not responded
 * @param percentMeasured measured among eligible, percent
 * @param bestCase response if all who were not measured had responded (Manski bound)
 * @param worstCase response if none of them had
 */
public record RateStatistics(
        @Nullable Double rateMeasured,
        @Nullable Double wilsonLow,
        @Nullable Double wilsonHigh,
        @Nullable Double rateEligible,
        @Nullable Double percentMeasured,
        @Nullable Double bestCase,
        @Nullable Double worstCase) {

    /** Two-sided 95 % quantile of the normal distribution. */
    private static final double Z = 1.959963984540054;

    /** The rates of a tally. */
    public static RateStatistics of(Tally tally) {
        int eligible = tally.get(Count.ELIGIBLE);
        int measured = tally.get(Count.MEASURED);
        int responded = tally.get(Count.RESPONDED);
        return new RateStatistics(
                ratio(responded, measured),
                measured == 0 ? null : wilson(responded, measured, -1),
                measured == 0 ? null : wilson(responded, measured, 1),
                ratio(responded, eligible),
                eligible == 0 ? null : 100.0 * measured / eligible,
                ratio(responded + eligible - measured, eligible),
                ratio(responded, eligible));
    }

    private static @Nullable Double ratio(int part, int whole) {
        return whole == 0 ? null : (double) part / whole;
    }

    /**
     * A limit of the Wilson score interval (Wilson 1927).
     *
     * @param n more than 0
     * @param sign −1 for the lower limit, +1 for the upper
     */
    private static double wilson(int successes, int n, int sign) {
        // Exact at the ends, where floating point would leave a trace.
        if (sign < 0 && successes == 0) {
            return 0;
        }
        if (sign > 0 && successes == n) {
            return 1;
        }
        double p = (double) successes / n;
        double z2 = Z * Z;
        double centre = p + z2 / (2 * n);
        double half = Z * Math.sqrt(p * (1 - p) / n + z2 / (4.0 * n * n));
        return (centre + sign * half) / (1 + z2 / n);
    }
}
