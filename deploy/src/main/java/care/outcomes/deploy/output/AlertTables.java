package care.outcomes.deploy.output;

import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.Severity;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Open alerts for people. */
public final class AlertTables {

    private static final Comparator<AlertRow> MOST_SEVERE_FIRST = Comparator.comparing(AlertRow::getSeverity)
            .reversed()
            .thenComparing(AlertRow::getOpenedAt)
            .thenComparing(AlertRow::getAlertId);

    private AlertTables() {}

    /** Whether somebody has still to look at it, now or later. */
    public static boolean isLive(AlertRow alert) {
        return switch (alert.getState()) {
            case OPEN, ACKNOWLEDGED, SNOOZED -> true;
            default -> false;
        };
    }

    /** How many are open, by rule and severity. */
    public static String counts(List<AlertRow> alerts, Words words) {
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
                    words.rule(rule),
                    count.apply(Severity.URGENT),
                    count.apply(Severity.HIGH),
                    count.apply(Severity.REVIEW),
                    count.apply(Severity.INFO),
                    Long.toString(all));
        });
        return title + table.text();
    }

    /** How each rule serves those who act on its alerts. */
    public static String quality(List<AlertQuality> figures, Words words) {
        if (figures.isEmpty()) {
            return "No alert yet.\n";
        }
        TextTable table = new TextTable(
                "", "Alerts", "Taken up", "Acted on", "Not apt", "Hours to action", "Hours ahead", "Per 100 weeks");
        for (AlertQuality figure : figures) {
            table.row(
                    words.rule(figure.rule()),
                    Long.toString(figure.alerts()),
                    share(figure.acknowledged(), figure.alerts()),
                    share(figure.actedOn(), figure.alerts()),
                    share(figure.wrong(), figure.alerts()),
                    number(figure.meanHoursToAction()),
                    number(figure.meanHoursAhead()),
                    number(figure.per100PatientWeeks()));
        }
        return "ALERT QUALITY: hours are means since the ground arose\n" + table.text();
    }

    private static String share(long part, long whole) {
        return String.format(Locale.ROOT, "%d (%.0f %%)", part, 100.0 * part / whole);
    }

    private static String number(@Nullable Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.1f", value);
    }

    /** Each alert in turn, the most severe first. */
    public static String list(List<AlertRow> alerts, Words words) {
        StringBuilder text = new StringBuilder();
        alerts.stream().sorted(MOST_SEVERE_FIRST).forEach(alert -> text.append(entry(alert, words)));
        return text.toString();
    }

    private static String entry(AlertRow alert, Words words) {
        String of = alert.getTreatment() == null
                ? ""
                : ", " + words.treatment(alert.getTreatment()) + ", course " + alert.getOrdinal();
        return """

                %s: %s, %s since %s, clinic %s%s
                  %s
                %s  subject %s, alert %s
                """.formatted(
                        Words.plain(alert.getSeverity().name()),
                        words.rule(alert.getRule()),
                        Words.plain(alert.getState().name()).toLowerCase(Locale.ROOT),
                        alert.getOpenedAt().truncatedTo(ChronoUnit.SECONDS),
                        alert.getClinicId(),
                        of,
                        alert.getText(),
                        conduct(alert),
                        alert.getSubject(),
                        alert.getAlertId());
    }

    /** What people did about it; empty where nobody did anything. */
    private static String conduct(AlertRow alert) {
        List<String> said = new ArrayList<>();
        if (alert.getAssignee() != null) {
            said.add("assigned to " + alert.getAssignee());
        }
        if (alert.getSnoozedUntil() != null) {
            said.add("snoozed until " + alert.getSnoozedUntil().truncatedTo(ChronoUnit.SECONDS));
        }
        if (alert.getOutcome() != null) {
            said.add(Words.plain(alert.getOutcome()).toLowerCase(Locale.ROOT));
        }
        if (alert.getLastActor() != null && alert.getLastActedAt() != null) {
            said.add("last by " + alert.getLastActor() + " at "
                    + alert.getLastActedAt().truncatedTo(ChronoUnit.SECONDS));
        }
        return said.isEmpty() ? "" : "  " + String.join(", ", said) + "\n";
    }
}
