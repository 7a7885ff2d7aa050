package care.outcomes.deploy.output;

import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.Severity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Open alerts for people. */
public final class AlertTables {

    private AlertTables() {}

    /** How many are open, by rule and severity. */
    public static String counts(List<AlertRow> alerts) {
        Map<String, Map<Severity, Long>> byRule = alerts.stream()
                .filter(alert -> alert.getState() == AlertState.OPEN)
                .collect(Collectors.groupingBy(
                        AlertRow::getRule,
                        TreeMap::new,
                        Collectors.groupingBy(
                                AlertRow::getSeverity, () -> new EnumMap<>(Severity.class), Collectors.counting())));
        String title = "OPEN ALERTS: each asks for a review of the record; none says what to do\n";
        if (byRule.isEmpty()) {
            return title + "None.\n";
        }
        TextTable table = new TextTable("", "Urgent", "High", "Review", "For information", "All");
        byRule.forEach((rule, counts) -> {
            Function<Severity, String> count = severity -> Long.toString(counts.getOrDefault(severity, 0L));
            long all = counts.values().stream().mapToLong(Long::longValue).sum();
            table.row(
                    Words.plain(rule),
                    count.apply(Severity.URGENT),
                    count.apply(Severity.HIGH),
                    count.apply(Severity.REVIEW),
                    count.apply(Severity.INFO),
                    Long.toString(all));
        });
        return title + table.text();
    }
}
