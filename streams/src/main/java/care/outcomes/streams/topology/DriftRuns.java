package care.outcomes.streams.topology;

import care.outcomes.schemas.record.ChartPoint;
import care.outcomes.schemas.record.ChartRow;
import care.outcomes.streams.alert.Drift;
import care.outcomes.streams.topology.state.ClinicSignal;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/** From a chart as it is published to when it calls for a look. */
final class DriftRuns {

    private DriftRuns() {}

    /**
     * The runs of points that do: the CUSUM at or above its threshold, or the moving average below its lower limit.
     *
     * @param row the chart; null where there is none any more
     * @param threshold of the CUSUM
     */
    static Drift of(String treatment, String instrument, @Nullable ChartRow row, double threshold) {
        List<Drift.Run> runs = new ArrayList<>();
        Drift.Run open = null;
        for (ChartPoint point : row == null ? List.<ChartPoint>of() : row.getPoints()) {
            int day = (int) point.getOn().toEpochDay();
            if (open == null && looks(point, threshold)) {
                open = new Drift.Run(day, point.getCusum(), null);
            } else if (open != null && !looks(point, threshold)) {
                runs.add(new Drift.Run(open.from(), open.sum(), day));
                open = null;
            }
        }
        if (open != null) {
            runs.add(open);
        }
        return new Drift(treatment, instrument, runs);
    }

    /**
     * What a row of the charts tells the task of its clinic; there is one for each row, also for groups that no clinic is
     * alerted about.
     */
    static KeyValue<String, ClinicSignal> signal(Output.Row row, double threshold) {
        String[] parts = row.key().split("·", -1);
        String instrument = parts[parts.length - 1];
        String treatment = parts[parts.length - 2];
        String clinic = row.key().substring(0, row.key().length() - treatment.length() - instrument.length() - 2);
        ChartRow chart = row.value() instanceof ChartRow it ? it : null;
        return KeyValue.pair(clinic, new ClinicSignal.Drifted(of(treatment, instrument, chart, threshold)));
    }

    private static boolean looks(ChartPoint point, double threshold) {
        Double sum = point.getCusum();
        Double average = point.getEwma();
        Double low = point.getEwmaLow();
        return (sum != null && sum >= threshold) || (average != null && low != null && average < low);
    }
}
