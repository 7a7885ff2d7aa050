package care.outcomes.streams.rate.trajectory;

import care.outcomes.schemas.ReferenceRules;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves.Curve;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves.Point;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Cuts expected courses (domain.md §4): by treatment, instrument, band of the baseline and dose, from the courses of a
 * network begun in the months up to the month of the cut, where there are enough of them. Scores after that month are in
 * no curve, so that nothing is compared with itself, and a cut made later comes out the same.
 */
public final class TrajectoryCut {

    private final ReferenceRules rules;

    public TrajectoryCut(ReferenceRules rules) {
        this.rules = rules;
    }

    /** First month of the courses that are in a cut. */
    public YearMonth since(YearMonth month) {
        return month.minusMonths(rules.cohorts() - 1L);
    }

    /**
     * Cuts.
     *
     * @param month the month, over
     * @param cells what courses came to, at least those begun {@link #since} it
     */
    public List<Curve> cut(String networkId, YearMonth month, Map<CoursePoint, PointCell> cells) {
        SortedMap<CoursePoint, SortedMap<Integer, Integer>> byDose = new TreeMap<>();
        cells.forEach((point, cell) -> {
            if (!point.begun().isBefore(since(month)) && !point.begun().isAfter(month)) {
                // All months of the cut in one.
                SortedMap<Integer, Integer> courses = byDose.computeIfAbsent(
                        new CoursePoint(point.treatment(), point.instrument(), month, point.band(), point.dose()),
                        any -> new TreeMap<>());
                cell.at(month).forEach((percent, more) -> courses.merge(percent, more, Integer::sum));
            }
        });
        List<Curve> curves = new ArrayList<>();
        byDose.forEach((point, courses) -> {
            int[] sorted = courses.entrySet().stream()
                    .flatMapToInt(at -> IntStream.range(0, at.getValue()).map(course -> at.getKey()))
                    .toArray();
            if (sorted.length >= rules.least()) {
                curves.add(curve(
                        new Point(networkId, point.treatment(), point.instrument(), point.band(), point.dose()),
                        month,
                        sorted));
            }
        });
        return List.copyOf(curves);
    }

    private static Curve curve(Point point, YearMonth month, int[] sorted) {
        return new Curve(
                point,
                month,
                sorted.length,
                quantile(sorted, 10),
                quantile(sorted, 25),
                quantile(sorted, 50),
                quantile(sorted, 75),
                quantile(sorted, 90));
    }

    /** By linear interpolation between order statistics (Hyndman and Fan, type 7). */
    private static double quantile(int[] sorted, int percent) {
        double place = (sorted.length - 1) * percent / 100.0;
        int low = (int) Math.floor(place);
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
    }
}
