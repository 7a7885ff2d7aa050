package care.outcomes.schemas;

import care.outcomes.schemas.record.Severity;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One version of an alert rule as the catalogue file {@code rules.yaml} describes it. A rule flags for review; its
 * wording never tells anyone to stop or start a treatment.
 *
 * @param id catalogue id, for example {@code non-response-review}
 * @param title a few words for lists and messages
 * @param version changes with anything that changes an alert
 * @param validFrom first day on which grounds arise under this version, until the next one is valid
 * @param enabled false: no ground arises while it is in force
 * @param severity severity of its alerts, where no level says otherwise
 * @param levels severities by level, where its grounds have levels
 * @param fresh how long before the horizon a ground may have arisen and still be told at once
 * @param only treatments whose courses it looks at; empty: all it can
 * @param thresholds named numbers, printed with each alert
 * @param byTreatment numbers that differ for a treatment
 * @param byInstrument numbers that differ for an instrument; they go before those of the treatment
 * @param match words of a text it looks for, lower case
 * @param except words that are nothing to look at, lower case
 * @param trigger what opens an alert, for people
 * @param resolve what ends it, for people
 * @param text wording with {@code {placeholders}}
 */
public record AlertRule(
        String id,
        String title,
        String version,
        LocalDate validFrom,
        boolean enabled,
        Severity severity,
        Map<String, Severity> levels,
        Duration fresh,
        Set<String> only,
        Map<String, Double> thresholds,
        Map<String, Map<String, Double>> byTreatment,
        Map<String, Map<String, Double>> byInstrument,
        List<String> match,
        List<String> except,
        String trigger,
        String resolve,
        String text) {

    /** Its numbers for a treatment and an instrument, by name. */
    public Map<String, Double> numbers(@Nullable String treatment, @Nullable String instrument) {
        TreeMap<String, Double> numbers = new TreeMap<>(thresholds);
        if (treatment != null) {
            numbers.putAll(byTreatment.getOrDefault(treatment, Map.of()));
        }
        if (instrument != null) {
            numbers.putAll(byInstrument.getOrDefault(instrument, Map.of()));
        }
        return numbers;
    }

    /** Severity of a level; that of the rule where it says nothing of the level. */
    public Severity severityOf(@Nullable String level) {
        return level == null ? severity : levels.getOrDefault(level, severity);
    }

    /** Whether it looks at courses of a treatment. */
    public boolean looksAt(String treatment) {
        return only.isEmpty() || only.contains(treatment);
    }
}
