package care.outcomes.schemas;

import java.util.Map;
import java.util.Optional;

/** The treatments of the catalogue. */
public record Treatments(Map<String, Treatment> byId) {
    public static Treatments load() {
        return new Treatments(Map.of());
    }

    public Optional<Treatment> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }
}
