package care.outcomes.streams.rate.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * Exponentially weighted moving average of successes and failures in order, with control limits (Roberts 1959): {@code
 * zᵢ = λxᵢ + (1−λ)zᵢ₋₁} from {@code z₀ = p₀}, limits {@code p₀ ± L·√(p₀(1−p₀)·λ/(2−λ)·(1−(1−λ)²ⁱ))}. Computed from the
 * whole sequence, for a late or corrected outcome changes all that follow.
 *
 * @param weight λ, more than 0, at most 1
 * @param width L, limits in standard deviations
 */
public record Ewma(double weight, double width) {
    /**
     * The average after one outcome.
     *
     * @param average in [0, 1]
     * @param limits between these it lies while the rate is on target, cut to [0, 1]
     */
    public record Point(double average, Interval limits) {}

    /**
     * The average after each outcome.
     *
     * @param outcomes success or failure, in order
     * @param target p₀, 0 to 1
     */
    public List<Point> of(List<Boolean> outcomes, double target) {
        List<Point> points = new ArrayList<>(outcomes.size());
        double average = target;
        double faded = 1;
        for (boolean success : outcomes) {
            average = weight * (success ? 1 : 0) + (1 - weight) * average;
            faded *= (1 - weight) * (1 - weight);
            double deviation = Math.sqrt(target * (1 - target) * weight / (2 - weight) * (1 - faded));
            points.add(new Point(average, Interval.within01(target - width * deviation, target + width * deviation)));
        }
        return points;
    }
}
