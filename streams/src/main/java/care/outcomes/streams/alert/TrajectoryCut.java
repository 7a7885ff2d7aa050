package care.outcomes.streams.alert;

import care.outcomes.schemas.Instruments;
import care.outcomes.streams.alert.TrajectoryCurves.Curve;
import care.outcomes.streams.alert.TrajectoryCurves.Point;
import care.outcomes.streams.outcome.Baseline;
import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.FollowUp;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cuts expected courses from course rows (domain.md §4): by treatment, instrument, band of the baseline and dose, from the
 * courses of a network begun in the year up to the end of a month, where there are enough of them.
 */
public final class TrajectoryCut {

    /** Fewer courses give no curve (domain.md §4). */
    public static final int LEAST_COURSES = 30;

    /** Courses begun so many days before the end of the month or fewer are in it (domain.md §4). */
    public static final int DAYS = 365;

    private final Instruments instruments;

    public TrajectoryCut(Instruments instruments) {
        this.instruments = instruments;
    }

    /**
     * Cuts. A course is in it once for each dose, with the last score about that dose up to the end of the month.
     *
     * @param rows course rows of a network, in any order
     */
    public List<Curve> cut(String networkId, YearMonth month, Collection<CourseOutcome> rows) {
        int lastDay = (int) month.atEndOfMonth().toEpochDay();
        Map<Point, List<Double>> percents = new HashMap<>();
        for (CourseOutcome row : rows) {
            Course course = row.course();
            Baseline baseline = row.baseline();
            if (baseline == null
                    || !row.evaluable()
                    || course.openedOn() > lastDay
                    || course.openedOn() <= lastDay - DAYS) {
                continue;
            }
            int band = instruments
                    .find(row.instrument())
                    .map(instrument -> instrument.band(baseline.score()))
                    .orElse(0);
            Map<Integer, FollowUp> byDose = new TreeMap<>();
            row.followUps().stream()
                    .filter(score -> score.day() <= lastDay)
                    .forEach(score -> byDose.put(score.dose(), score));
            byDose.forEach((dose, score) -> percents.computeIfAbsent(
                            new Point(networkId, course.treatment(), row.instrument(), band, dose),
                            point -> new ArrayList<>())
                    .add(100.0 * score.score() / baseline.score()));
        }
        List<Curve> curves = new ArrayList<>();
        percents.forEach((point, values) -> {
            if (values.size() >= LEAST_COURSES) {
                curves.add(curve(point, month, values));
            }
        });
        return List.copyOf(curves);
    }

    private static Curve curve(Point point, YearMonth month, List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
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
    private static double quantile(double[] sorted, int percent) {
        double place = (sorted.length - 1) * percent / 100.0;
        int low = (int) Math.floor(place);
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
    }
}
