package care.outcomes.streams.rate.statistics;

/** The Wilson score interval of a rate (Wilson 1927). */
public final class Wilson {
    /** Two-sided 95 % quantile of the normal distribution. */
    private static final double Z = 1.959963984540054;

    private Wilson() {}

    /**
     * The 95 % interval.
     *
     * @param successes 0 to {@code n}
     * @param n more than 0
     */
    public static Interval of(int successes, int n) {
        if (n <= 0 || successes < 0 || successes > n) {
            throw new IllegalArgumentException(successes + " of " + n + " is no rate");
        }
        // Exact at the ends, where floating point would leave a trace.
        return new Interval(successes == 0 ? 0 : limit(successes, n, -1), successes == n ? 1 : limit(successes, n, 1));
    }

    private static double limit(int successes, int n, int sign) {
        double p = (double) successes / n;
        double z2 = Z * Z;
        double centre = p + z2 / (2 * n);
        double half = Z * Math.sqrt(p * (1 - p) / n + z2 / (4.0 * n * n));
        return (centre + sign * half) / (1 + z2 / n);
    }
}
