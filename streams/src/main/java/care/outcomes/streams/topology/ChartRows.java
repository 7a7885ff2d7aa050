package care.outcomes.streams.topology;

import care.outcomes.schemas.ChartRules;
import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.record.ChartEndpoint;
import care.outcomes.schemas.record.ChartPoint;
import care.outcomes.schemas.record.ChartRow;
import care.outcomes.schemas.record.SurvivalCounts;
import care.outcomes.schemas.record.SurvivalDay;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.chart.Chart;
import care.outcomes.streams.rate.chart.ChartCase;
import care.outcomes.streams.rate.reference.Reference;
import care.outcomes.streams.rate.reference.Shares;
import care.outcomes.streams.rate.statistics.Ewma;
import care.outcomes.streams.topology.state.NetworkGroup;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the charts of a group to the row that shows them. */
final class ChartRows {

    private ChartRows() {}

    /** Record key of a row. */
    static String key(NetworkGroup of) {
        Group group = of.group();
        return String.join("·", of.networkId(), group.clinicId(), group.treatment(), group.instrument());
    }

    /**
     * The row, but for when and how often it was published.
     *
     * @param matured cases that have matured, in order; the last of them are drawn
     * @param day epoch day up to which they were read
     */
    static ChartRow of(NetworkGroup of, List<ChartCase> matured, RateRules rules, KnownReferences references, int day) {
        int from = Math.max(0, matured.size() - rules.chart().last());
        Reference reference = references.on(day, of.networkId(), of.group());
        Shares shares = reference == null
                ? null
                : reference.horizons().get(rules.chart().horizon());
        Chart chart = Chart.of(matured.subList(from, matured.size()), rules.chart(), shares);
        return of(of, chart, rules.chart(), reference, shares);
    }

    private static ChartRow of(
            NetworkGroup of, Chart chart, ChartRules rules, @Nullable Reference reference, @Nullable Shares shares) {
        ChartRow row = new ChartRow();
        row.setNetworkId(of.networkId());
        row.setClinicId(of.group().clinicId());
        row.setTreatment(of.group().treatment());
        row.setInstrument(of.group().instrument());
        row.setHorizon(rules.horizon());
        row.setCases(chart.cases());
        row.setMeasured(chart.points().size());
        row.setReference(reference == null || shares == null ? null : reference.id());
        row.setTarget(shares == null ? null : shares.target());
        row.setPoints(chart.points().stream().map(ChartRows::point).toList());
        row.setSurvival(survival(chart));
        if (!chart.points().isEmpty()) {
            Chart.Point last = chart.points().get(chart.points().size() - 1);
            Ewma.Point average = last.average();
            row.setBelowLimit(
                    average == null
                            ? null
                            : average.average() < average.limits().low());
            Double sum = last.sum();
            row.setCusumAlarm(sum == null ? null : Chart.cusum(rules).alarms(sum));
        }
        return row;
    }

    private static ChartPoint point(Chart.Point point) {
        ChartPoint row = new ChartPoint();
        row.setOn(LocalDate.ofEpochDay(point.on()));
        row.setResponded(point.responded());
        row.setExpected(point.expected());
        Ewma.Point average = point.average();
        if (average != null) {
            row.setEwma(average.average());
            row.setEwmaLow(average.limits().low());
            row.setEwmaHigh(average.limits().high());
        }
        row.setCusum(point.sum());
        return row;
    }

    private static List<SurvivalCounts> survival(Chart chart) {
        List<SurvivalCounts> all = new ArrayList<>();
        chart.survival().forEach((endpoint, days) -> {
            SurvivalCounts counts = new SurvivalCounts();
            counts.setEndpoint(ChartEndpoint.valueOf(endpoint.name()));
            List<SurvivalDay> rows = new ArrayList<>();
            days.forEach((day, ended) -> {
                SurvivalDay row = new SurvivalDay();
                row.setDay(day);
                row.setEvents(ended.events());
                row.setCensored(ended.censored());
                rows.add(row);
            });
            counts.setDays(rows);
            all.add(counts);
        });
        return all;
    }
}
