package care.outcomes.schemas;

import java.util.Map;

/** The alert rules of the catalogue. */
public record AlertRules(Map<String, AlertRule> byId) {
    public static AlertRules load() {
        return new AlertRules(Map.of());
    }
}
