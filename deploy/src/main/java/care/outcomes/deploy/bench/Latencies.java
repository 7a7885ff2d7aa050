package care.outcomes.deploy.bench;

import java.time.Duration;
import java.util.List;

/**
 * How long many took, milliseconds.
 *
 * @param n how many
 * @param p50 half took no longer
 * @param p99 99 of a hundred took no longer
 * @param max the longest
 */
record Latencies(int n, double p50, double p99, double max) {

    /** Of one or more. */
    static Latencies of(List<Duration> took) {
        double[] sorted = took.stream()
                .mapToDouble(duration -> duration.toNanos() / 1e6)
                .sorted()
                .toArray();
        return new Latencies(sorted.length, rank(sorted, 0.5), rank(sorted, 0.99), sorted[sorted.length - 1]);
    }

    /** Nearest rank: a time that was measured. */
    private static double rank(double[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
