package care.outcomes.streams.rate.statistics;

/**
 * A range of rates, within [0, 1].
 *
 * @param low lower limit
 * @param high upper limit
 */
public record Interval(double low, double high) {
    /** The interval between two limits, cut to [0, 1]. */
    static Interval within01(double low, double high) {
        return new Interval(clamped(low), clamped(high));
    }

    private static double clamped(double rate) {
        return Math.min(1, Math.max(0, rate));
    }

    /** Whether a rate lies inside, limits included. */
    public boolean holds(double rate) {
        return low <= rate && rate <= high;
    }
}
