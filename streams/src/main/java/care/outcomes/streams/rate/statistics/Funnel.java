package care.outcomes.streams.rate.statistics;

import java.util.Collection;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Limits of a funnel plot: where the rates of units of a size lie by chance if all share one target (Spiegelhalter 2005,
 * "Funnel plots for comparing institutional performance"). One of twenty units lies outside the 95 % limits by chance
 * alone, so a unit outside is one to look at, not a bad one.
 *
 * @param limits95 between these lie 95 % of units on target
 * @param limits998 between these lie 99.8 % of units on target
 */
public record Funnel(Interval limits95, Interval limits998) {
    /** Normal quantiles that funnel plots are drawn with, two-sided 95 % and 99.8 %. */
    private static final double Z_95 = 1.96;

    private static final double Z_998 = 3.0902;

    /** Where a rate lies. */
    public enum Place {
        INSIDE,
        OUTSIDE_95,
        OUTSIDE_998
    }

    /**
     * Exact limits, interpolated between the whole numbers that the binomial distribution steps at: with α the tail and r
     * the least number with {@code P(R ≤ r) > α}, {@code (r − (P(R ≤ r) − α) / P(R = r)) / n}, cut to [0, 1].
     *
     * @param n size of the unit, more than 0
     * @param target rate that the units share, between 0 and 1, both excluded
     */
    public static Funnel exact(int n, double target) {
        require(n, target);
        BinomialDistribution binomial = BinomialDistribution.of(n, target);
        return new Funnel(
                Interval.within01(interpolated(binomial, 0.025), interpolated(binomial, 0.975)),
                Interval.within01(interpolated(binomial, 0.001), interpolated(binomial, 0.999)));
    }

    private static double interpolated(BinomialDistribution binomial, double tail) {
        int r = binomial.inverseCumulativeProbability(tail);
        // That is the least number with P(R ≤ r) ≥ α.
        while (binomial.cumulativeProbability(r) <= tail) {
            r++;
        }
        double step = (binomial.cumulativeProbability(r) - tail) / binomial.probability(r);
        return (r - step) / binomial.getNumberOfTrials();
    }

    /**
     * Limits by the normal approximation, {@code p₀ ± z·√(φ·p₀(1−p₀)/n)}, cut to [0, 1]; for larger units.
     *
     * @param n size of the unit, more than 0
     * @param target rate that the units share, between 0 and 1, both excluded
     * @param overdispersion φ, see {@link #overdispersion}; it widens the limits where it is above 1
     */
    public static Funnel normal(int n, double target, double overdispersion) {
        require(n, target);
        double error = Math.sqrt(Math.max(1, overdispersion) * target * (1 - target) / n);
        return new Funnel(
                Interval.within01(target - Z_95 * error, target + Z_95 * error),
                Interval.within01(target - Z_998 * error, target + Z_998 * error));
    }

    /**
     * How far a rate lies from the target, in standard errors of a unit of its size.
     *
     * @param successes 0 to {@code n}
     */
    public static double z(int successes, int n, double target) {
        require(n, target);
        return ((double) successes / n - target) / Math.sqrt(target * (1 - target) / n);
    }

    /**
     * Overdispersion φ: the mean of the squared z-scores of all units, of which the given part at either end is first
     * drawn in to the nearest that stays (Spiegelhalter 2005, §3.3); 1 where only chance tells units apart.
     *
     * @param zs z-score of each unit, at least one
     * @param winsorised part at either end, 0 to less than 0.5
     */
    public static double overdispersion(Collection<Double> zs, double winsorised) {
        if (zs.isEmpty() || winsorised < 0 || winsorised >= 0.5) {
            throw new IllegalArgumentException("no units, or " + winsorised + " of them drawn in at either end");
        }
        double[] sorted = zs.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int cut = (int) Math.floor(winsorised * sorted.length);
        double sum = 0;
        for (int i = 0; i < sorted.length; i++) {
            double z = sorted[Math.min(Math.max(i, cut), sorted.length - 1 - cut)];
            sum += z * z;
        }
        return sum / sorted.length;
    }

    /** Where a rate lies. */
    public Place place(double rate) {
        if (limits95.holds(rate)) {
            return Place.INSIDE;
        }
        return limits998.holds(rate) ? Place.OUTSIDE_95 : Place.OUTSIDE_998;
    }

    private static void require(int n, double target) {
        if (n <= 0 || !(target > 0 && target < 1)) {
            throw new IllegalArgumentException("no funnel for " + n + " at a target of " + target);
        }
    }
}
