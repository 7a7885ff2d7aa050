package care.outcomes.streams.alert;

import care.outcomes.schemas.AlertRule;
import care.outcomes.schemas.AlertRules;
import care.outcomes.streams.Digest;
import care.outcomes.streams.timeline.Horizon;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of a clinic itself: silence of its feed, and drift of its outcomes. Like that of a patient it is a function of
 * what is known and the horizon alone: a silence lies between the days that things happened on, so records that come late
 * for those days take it back.
 *
 * @param alerts by alert id
 * @param nextDay first day after the horizon on which it changes without anything new; {@link Integer#MAX_VALUE}: never
 */
public record ClinicLedger(List<Alert> alerts, int nextDay) {

    static final String SILENT = "feed-silent";
    static final String DRIFT = "clinic-drift";

    /** The rules about clinics; all others are about patients. */
    public static final Set<String> RULES = Set.of(SILENT, DRIFT);

    /** A clinic, as far as its own alerts depend on it. */
    public record Clinic(String networkId, String clinicId, int cadenceDays, ZoneId zone) {}

    /**
     * The ledger.
     *
     * @param days days on which something happened that was sent, epoch days
     * @param drifts drifts of its outcomes
     */
    public static ClinicLedger of(
            Clinic clinic, SortedSet<Integer> days, Collection<Drift> drifts, Horizon horizon, AlertRules rules) {
        List<Alert> alerts = new ArrayList<>();
        int nextDay = silences(clinic, rules, days, horizon, alerts);
        drifts.forEach(drift -> drifts(clinic, rules, drift, horizon, alerts));
        alerts.sort(Comparator.comparing(Alert::alertId));
        return new ClinicLedger(List.copyOf(alerts), nextDay);
    }

    private static int silences(
            Clinic clinic, AlertRules rules, SortedSet<Integer> days, Horizon horizon, List<Alert> alerts) {
        Integer last = null;
        for (int day : days) {
            if (day > horizon.day()) {
                break;
            }
            if (last != null && day > last + clinic.cadenceDays) {
                silence(clinic, rules, last, day, alerts);
            }
            last = day;
        }
        if (last == null) {
            return Integer.MAX_VALUE;
        }
        int due = last + clinic.cadenceDays + 1;
        if (due > horizon.day()) {
            return due;
        }
        silence(clinic, rules, last, null, alerts);
        return days.tailSet(horizon.day() + 1).isEmpty()
                ? Integer.MAX_VALUE
                : days.tailSet(horizon.day() + 1).first();
    }

    private static void silence(Clinic clinic, AlertRules rules, int last, @Nullable Integer next, List<Alert> alerts) {
        int due = last + clinic.cadenceDays + 1;
        AlertRule rule = rule(clinic, rules, SILENT, due);
        if (rule != null) {
            alerts.add(alert(
                    clinic,
                    rule,
                    null,
                    "",
                    due,
                    next,
                    "DATA_CAME",
                    Map.of("days", (double) clinic.cadenceDays),
                    Map.of("days", String.valueOf(clinic.cadenceDays)),
                    new Evidence(clinic.clinicId, "LAST_DAY", last, null)));
        }
    }

    private static void drifts(Clinic clinic, AlertRules rules, Drift drift, Horizon horizon, List<Alert> alerts) {
        String chart = drift.treatment() + "·" + drift.instrument();
        for (Drift.Run run : drift.runs()) {
            AlertRule rule = rule(clinic, rules, DRIFT, run.from());
            if (rule != null && run.from() <= horizon.day()) {
                Integer to = run.to();
                alerts.add(alert(
                        clinic,
                        rule,
                        drift.treatment(),
                        chart,
                        run.from(),
                        to == null || to > horizon.day() ? null : to,
                        "BACK_TO_EXPECTED",
                        rule.thresholds(),
                        Map.of("treatment", drift.treatment(), "instrument", drift.instrument()),
                        new Evidence(chart + "·" + LocalDate.ofEpochDay(run.from()), "CUSUM", run.from(), run.sum())));
            }
        }
    }

    /** The version of a rule that is in force at the clinic on the day on which a ground arises; null: none. */
    private static @Nullable AlertRule rule(Clinic clinic, AlertRules rules, String id, int day) {
        return rules.forClinic(clinic.networkId, clinic.clinicId, LocalDate.ofEpochDay(day))
                .get(id);
    }

    private static Alert alert(
            Clinic clinic,
            AlertRule rule,
            @Nullable String treatment,
            String anchor,
            int from,
            @Nullable Integer to,
            String endReason,
            Map<String, Double> thresholds,
            Map<String, String> words,
            Evidence evidence) {
        String text = rule.text();
        for (Map.Entry<String, String> word : words.entrySet()) {
            text = text.replace("{" + word.getKey() + "}", word.getValue());
        }
        String id = String.join(
                "\n",
                clinic.networkId + "·" + clinic.clinicId,
                rule.id(),
                anchor,
                LocalDate.ofEpochDay(from).toString());
        return new Alert(
                Digest.of(id),
                rule.id(),
                rule.version(),
                rule.severity(),
                clinic.clinicId,
                List.of(clinic.clinicId),
                null,
                treatment,
                null,
                anchor.isEmpty() ? clinic.clinicId : anchor,
                startOf(from, clinic),
                to == null ? null : startOf(to, clinic),
                to == null ? null : endReason,
                text,
                new TreeMap<>(thresholds),
                List.of(evidence));
    }

    private static long startOf(int day, Clinic clinic) {
        return LocalDate.ofEpochDay(day).atStartOfDay(clinic.zone).toInstant().toEpochMilli();
    }
}
