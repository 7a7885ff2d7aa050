package care.outcomes.streams.rate.trajectory;

import care.outcomes.streams.Digest;
import care.outcomes.streams.rate.reference.Reference;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The expected course: how far scores had fallen after each dose in comparable courses, as references cut it once a month.
 * A score is compared with the newest reference of a month that was over before its day's month, so that no score is
 * compared with itself.
 */
public final class TrajectoryCurves {

    /** No curve for anything: nothing is off track. */
    public static final TrajectoryCurves NONE = new TrajectoryCurves(List.of());

    private final Map<Group, TreeMap<YearMonth, Map<Point, Curve>>> byGroup = new HashMap<>();
    private final String name;

    /** The curves of several references. */
    public TrajectoryCurves(Collection<Curve> curves) {
        TreeSet<String> references = new TreeSet<>();
        for (Curve curve : curves) {
            Point point = curve.point();
            byGroup.computeIfAbsent(
                            new Group(point.networkId(), point.treatment(), point.instrument()), any -> new TreeMap<>())
                    .computeIfAbsent(curve.month(), any -> new HashMap<>())
                    .put(point, curve);
            references.add(curve.reference());
        }
        name = references.isEmpty() ? "" : Digest.of(references.toString()).substring(0, 12);
    }

    private record Group(String networkId, String treatment, String instrument) {}

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
            return Reference.id(point.networkId(), point.treatment(), point.instrument(), month);
        }
    }

    /**
     * A score in percent of its baseline, rounded to whole ones: counted and compared in this form alone, so that a score
     * that equals those counted lies nowhere above them.
     *
     * @param baseline 1 or more
     */
    public static int percent(int score, int baseline) {
        return Math.floorDiv(200 * score + baseline, 2 * baseline);
    }

    /** Stands for the references that the curves are from, which never change; empty: there are none. */
    public String name() {
        return name;
    }

    /**
     * The curve that a score is compared with.
     *
     * @param day civil day of the score, epoch day
     * @return null: the newest reference had too few courses there, or there is none
     */
    public @Nullable Curve find(Point point, int day) {
        TreeMap<YearMonth, Map<Point, Curve>> months =
                byGroup.get(new Group(point.networkId(), point.treatment(), point.instrument()));
        Map.Entry<YearMonth, Map<Point, Curve>> newest =
                months == null ? null : months.lowerEntry(YearMonth.from(LocalDate.ofEpochDay(day)));
        return newest == null ? null : newest.getValue().get(point);
    }
}
