package care.outcomes.streams.rate.chart;

import care.outcomes.schemas.ChartRules;
import care.outcomes.streams.rate.reference.Shares;
import care.outcomes.streams.rate.statistics.Cusum;
import care.outcomes.streams.rate.statistics.Ewma;
import care.outcomes.streams.rate.statistics.Survival.Ended;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The charts of a group: whether the response rate drifts away from the reference, and how long things take. Always
 * computed from the whole list of cases, for a late or corrected outcome changes all that follow (SEMANTICS §4).
 *
 * @param cases courses it is made of, measured or not
 * @param points the measured ones in order
 * @param survival who reached each endpoint, or was last seen without it, by day since the start of its clock
 */
public record Chart(int cases, List<Point> points, Map<Endpoint, SortedMap<Integer, Ended>> survival) {
    /** Order of cases: by day, then course id. */
    public static final Comparator<ChartCase> ORDER =
            Comparator.comparingInt(ChartCase::on).thenComparing(ChartCase::courseId);

    /**
     * One measured course.
     *
     * @param on day of the score that votes, epoch day
     * @param responded whether it is a response
     * @param expected probability of a response for its kind of course, by the reference; null without one
     * @param average moving average and its limits; null without a reference
     * @param sum CUSUM for a fall of the response rate; null without a reference
     */
    public record Point(
            int on,
            boolean responded,
            @Nullable Double expected,
            Ewma.@Nullable Point average,
            @Nullable Double sum) {}

    /**
     * The charts of cases.
     *
     * @param cases in {@link #ORDER}; those not yet mature left out
     * @param shares the reference at the horizon of charts; null: none is there
     */
    public static Chart of(List<ChartCase> cases, ChartRules rules, @Nullable Shares shares) {
        return new Chart(cases.size(), points(cases, rules, shares), survival(cases));
    }

    private static List<Point> points(List<ChartCase> cases, ChartRules rules, @Nullable Shares shares) {
        List<ChartCase> measured =
                cases.stream().filter(it -> it.responded() != null).toList();
        List<Boolean> outcomes =
                measured.stream().map(it -> Boolean.TRUE.equals(it.responded())).toList();
        List<Point> points = new ArrayList<>();
        if (shares == null) {
            for (int i = 0; i < outcomes.size(); i++) {
                points.add(new Point(measured.get(i).on(), outcomes.get(i), null, null, null));
            }
            return points;
        }
        List<Cusum.Outcome> adjusted = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            adjusted.add(new Cusum.Outcome(
                    outcomes.get(i), shares.expected(measured.get(i).stratum())));
        }
        List<Ewma.Point> averages = new Ewma(rules.weight(), rules.width()).of(outcomes, shares.target());
        List<Double> sums = cusum(rules).of(adjusted);
        for (int i = 0; i < outcomes.size(); i++) {
            points.add(new Point(
                    measured.get(i).on(), outcomes.get(i), adjusted.get(i).expected(), averages.get(i), sums.get(i)));
        }
        return points;
    }

    /** The CUSUM that charts are drawn with. */
    public static Cusum cusum(ChartRules rules) {
        return new Cusum(rules.oddsRatio(), rules.threshold());
    }

    private static Map<Endpoint, SortedMap<Integer, Ended>> survival(List<ChartCase> cases) {
        Map<Endpoint, SortedMap<Integer, Ended>> survival = new EnumMap<>(Endpoint.class);
        for (ChartCase it : cases) {
            it.times()
                    .forEach((endpoint, time) -> survival.computeIfAbsent(endpoint, e -> new TreeMap<>())
                            .merge(time.days(), time.event() ? new Ended(1, 0) : new Ended(0, 1), Ended::plus));
        }
        return survival;
    }
}
