package care.outcomes.streams.topology;

import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.record.ChartRow;
import care.outcomes.schemas.record.CourseRow;
import care.outcomes.streams.rate.chart.Chart;
import care.outcomes.streams.rate.chart.ChartCase;
import care.outcomes.streams.rate.chart.ChartCases;
import care.outcomes.streams.topology.state.NetworkGroup;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the chart rows must be, recomputed from course rows and references alone. Holds the cases of all charts. */
public final class ChartsRecomputed {

    private final RateRules rules;
    private final KnownReferences references;
    private final ChartCases cases;
    private final Map<NetworkGroup, List<ChartCase>> byGroup = new HashMap<>();

    /**
     * None yet.
     *
     * @param references what outcomes are compared with
     */
    public ChartsRecomputed(RateRules rules, KnownReferences references) {
        this.rules = rules;
        this.references = references;
        this.cases = new ChartCases(rules);
    }

    /** Takes one patient's cases in; {@code rows} are all course rows of the patient. */
    public void add(String patientKey, Collection<CourseRow> rows) {
        cases.of(patientKey, rows.stream().map(CourseRows::outcome).toList())
                .forEach((place, it) -> byGroup.computeIfAbsent(
                                new NetworkGroup(Intake.networkOf(patientKey), place.group()), any -> new ArrayList<>())
                        .add(it));
    }

    /**
     * Every row that must be published, by record key.
     *
     * @param horizon last day that is read, epoch day
     */
    public SortedMap<String, ChartRow> rows(int horizon) {
        SortedMap<String, ChartRow> rows = new TreeMap<>();
        byGroup.forEach((group, all) -> {
            List<ChartCase> matured = all.stream()
                    .filter(it -> it.maturesOn() <= horizon)
                    .sorted(Chart.ORDER)
                    .toList();
            if (!matured.isEmpty()) {
                ChartRow row = ChartRows.of(group, matured, rules, references, horizon);
                row.setRuleset("");
                row.setAsOf(LocalDate.ofEpochDay(horizon));
                row.setComputedAt(Instant.EPOCH);
                rows.put(ChartRows.key(group), row);
            }
        });
        return rows;
    }
}
