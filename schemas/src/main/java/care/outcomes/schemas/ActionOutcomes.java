package care.outcomes.schemas;

import java.io.Reader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The codes with which a person resolves an alert, from the catalogue file {@code actions.yaml}.
 *
 * @param byCode in the order of the file
 */
public record ActionOutcomes(Map<String, Outcome> byCode) {
    public ActionOutcomes {
        byCode = Collections.unmodifiableMap(new LinkedHashMap<>(byCode));
    }

    /**
     * One code.
     *
     * @param acted whether care changed on account of the alert
     * @param text what it means, for people
     */
    public record Outcome(boolean acted, String text) {}

    /** The shipped catalogue. */
    public static ActionOutcomes load() {
        return Catalogue.shipped("actions.yaml", ActionOutcomes::read);
    }

    /**
     * Reads a catalogue from a file of the same form as the shipped one.
     *
     * @param name file name for errors
     * @throws CatalogueException if the file cannot be used
     */
    public static ActionOutcomes read(String name, Reader text) {
        return Catalogue.read(name, text, top -> {
            Map<String, Outcome> byCode = new LinkedHashMap<>();
            top.named("outcomes").forEach((code, entry) -> {
                byCode.put(code, new Outcome(entry.flag("acted"), entry.text("text")));
                entry.refuseOtherKeys();
            });
            return new ActionOutcomes(byCode);
        });
    }

    /** Whether care changed on account of an alert that was resolved so. */
    public boolean acted(String code) {
        Outcome outcome = byCode.get(code);
        return outcome != null && outcome.acted();
    }
}
