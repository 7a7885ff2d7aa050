package care.outcomes.streams.alert;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The expected course: how far scores had fallen after each dose in comparable courses, as references cut it once a month.
 * A score is compared with the newest reference of a month that was over before its day, so that what is said of it never
 * changes and no score is compared with itself.
 */
public final class TrajectoryCurves {

    /** No curve for anything: nothing is off track. */
    public static final TrajectoryCurves NONE = new TrajectoryCurves(List.of());

    private final Map<Point, TreeMap<YearMonth, Curve>> byPoint = new HashMap<>();

    /** The curves of several references. */
    public TrajectoryCurves(List<Curve> curves) {
        for (Curve curve : curves) {
            byPoint.computeIfAbsent(curve.point(), point -> new TreeMap<>()).put(curve.month(), curve);
        }
    }

    /**
     * What a score is compared with.
     *
     * @param networkId network
     * @param treatment treatment of the course
     * @param instrument instrument
     * @param band band of severity of the baseline
     * @param dose number of the dose the score is about, from 1
     */
    public record Point(String networkId, String treatment, String instrument, int band, int dose) {}

    /**
     * Scores of comparable courses, percent of their baselines: the lower the better.
     *
     * @param point what they are about
     * @param month last month the reference knows of
     * @param courses courses measured there
     * @param p10 a tenth lie at or below
     * @param p25 a quarter lie at or below
     * @param p50 half lie at or below
     * @param p75 three quarters lie at or below
     * @param p90 nine tenths lie at or below; above it is off track
     */
    public record Curve(
            Point point, YearMonth month, int courses, double p10, double p25, double p50, double p75, double p90) {

        /** Names the reference. */
        public String reference() {
            return String.join("·", point.networkId(), point.treatment(), point.instrument(), month.toString());
        }
    }

    /** All curves, in no order. */
    public List<Curve> curves() {
        return byPoint.values().stream()
                .flatMap(months -> months.values().stream())
                .toList();
    }

    /**
     * The curve that a score is compared with.
     *
     * @param day civil day of the score, epoch day
     * @return null: there were too few courses
     */
    @Nullable
    Curve find(String networkId, String treatment, String instrument, int band, int dose, int day) {
        TreeMap<YearMonth, Curve> months = byPoint.get(new Point(networkId, treatment, instrument, band, dose));
        if (months == null) {
            return null;
        }
        Map.Entry<YearMonth, Curve> newest = months.lowerEntry(YearMonth.from(LocalDate.ofEpochDay(day)));
        return newest == null ? null : newest.getValue();
    }
}
