package care.outcomes.streams.rate.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * Risk-adjusted Bernoulli CUSUM (Steiner et al. 2000): the evidence, as a sum of log-likelihood ratios that never falls
 * below 0, that the odds of success have changed by a ratio. Computed from the whole sequence, for a late or corrected
 * outcome changes all that follow.
 *
 * @param oddsRatio R; below 1 it looks for a fall of the success rate
 * @param threshold h; a sum at or above it calls for a look. The higher, the rarer by chance: set it by simulated run length
 */
public record Cusum(double oddsRatio, double threshold) {
    /**
     * One outcome.
     *
     * @param success whether it was one
     * @param expected probability of success for a case of its kind, 0 to 1
     */
    public record Outcome(boolean success, double expected) {}

    /** The sum after each outcome, in order. */
    public List<Double> of(List<Outcome> outcomes) {
        List<Double> sums = new ArrayList<>(outcomes.size());
        double sum = 0;
        for (Outcome outcome : outcomes) {
            sum = Math.max(0, sum + weight(outcome));
            sums.add(sum);
        }
        return sums;
    }

    private double weight(Outcome outcome) {
        double odds = 1 - outcome.expected + oddsRatio * outcome.expected;
        return Math.log((outcome.success ? oddsRatio : 1) / odds);
    }

    /** Whether a sum calls for a look. */
    public boolean alarms(double sum) {
        return sum >= threshold;
    }
}
