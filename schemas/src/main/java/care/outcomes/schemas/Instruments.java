package care.outcomes.schemas;

import java.util.Map;
import java.util.Optional;

/** The instruments of the catalogue. */
public record Instruments(Map<String, Instrument> byId) {
    public static Instruments load() {
        return new Instruments(Map.of());
    }

    public Optional<Instrument> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }
}
