package care.outcomes.schemas;

import care.outcomes.schemas.record.Severity;
import java.io.Reader;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The alert rules of the catalogue, by id. */
public record AlertRules(Map<String, AlertRule> byId) {
    /** What a wording may name between braces. */
    private static final Set<String> PLACEHOLDERS = Set.of(
            "rule", "treatment", "ordinal", "dose", "instrument", "baseline", "score", "percent", "level", "days");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]*)}");

    public AlertRules {
        byId = Collections.unmodifiableMap(new LinkedHashMap<>(byId));
    }

    /** The shipped catalogue. */
    public static AlertRules load() {
        return Catalogue.shipped("rules.yaml", AlertRules::read);
    }

    /**
     * Reads a catalogue from a file of the same form as the shipped one.
     *
     * @param name file name for errors
     * @throws CatalogueException if the file cannot be used
     */
    public static AlertRules read(String name, Reader text) {
        return Catalogue.read(name, text, top -> {
            Map<String, AlertRule> byId = new LinkedHashMap<>();
            top.named("rules").forEach((id, entry) -> byId.put(id, rule(id, entry)));
            return new AlertRules(byId);
        });
    }

    public Optional<AlertRule> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    private static AlertRule rule(String id, Entry entry) {
        AlertRule rule = new AlertRule(
                id,
                entry.text("version"),
                entry.required("validFrom", "a date such as 2025-01-31", LocalDate::parse, LocalDate.EPOCH),
                entry.required("severity", "INFO, REVIEW, HIGH or URGENT", AlertRules::severity, Severity.INFO),
                entry.required("fresh", "a duration such as PT72H or P14D", Duration::parse, Duration.ZERO),
                thresholds(entry.child("thresholds")),
                entry.text("text"));
        entry.refuseOtherKeys();
        Matcher names = PLACEHOLDER.matcher(rule.text());
        while (names.find()) {
            if (!PLACEHOLDERS.contains(names.group(1))) {
                entry.problem(
                        "text",
                        "names the unknown {" + names.group(1) + "}"
                                + Nearest.suggestion(names.group(1), PLACEHOLDERS));
            }
        }
        return rule;
    }

    private static Severity severity(String name) {
        Severity severity = Severity.valueOf(name);
        if (severity == Severity.UNKNOWN) {
            throw new IllegalArgumentException(name);
        }
        return severity;
    }

    private static Map<String, Double> thresholds(@Nullable Entry entry) {
        Map<String, Double> thresholds = new LinkedHashMap<>();
        if (entry != null) {
            for (String name : entry.keys()) {
                thresholds.put(name, entry.required(name, "a number", Double::valueOf, 0.0));
            }
        }
        return Collections.unmodifiableMap(thresholds);
    }
}
