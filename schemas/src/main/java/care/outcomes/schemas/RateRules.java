package care.outcomes.schemas;

import care.outcomes.schemas.CohortHorizon.After;
import java.io.Reader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How rates are taken, as far as it is data.
 *
 * @param horizons horizons of COHORT rates by id, in the order of the file
 */
public record RateRules(Map<String, CohortHorizon> horizons) {
    public RateRules {
        horizons = Collections.unmodifiableMap(new LinkedHashMap<>(horizons));
    }

    /** The shipped catalogue. */
    public static RateRules load() {
        return Catalogue.shipped("rates.yaml", RateRules::read);
    }

    /**
     * Reads a catalogue from a file of the same form as the shipped one.
     *
     * @param name file name for errors
     * @throws CatalogueException if the file cannot be used
     */
    public static RateRules read(String name, Reader text) {
        return Catalogue.read(name, text, top -> {
            Map<String, CohortHorizon> horizons = new LinkedHashMap<>();
            top.named("horizons").forEach((id, entry) -> horizons.put(id, horizon(id, entry)));
            return new RateRules(horizons);
        });
    }

    private static CohortHorizon horizon(String id, Entry entry) {
        CohortHorizon horizon = new CohortHorizon(
                id,
                entry.required("after", "FIRST_DOSE or LAST_INDUCTION_DOSE", After::valueOf, After.FIRST_DOSE),
                entry.whole("earliest"),
                entry.whole("latest"));
        entry.refuseOtherKeys();
        if (horizon.earliest() < 1) {
            entry.problem("earliest", "must be 1 or more: a follow-up comes after its dose");
        }
        if (horizon.latest() < horizon.earliest()) {
            entry.problem("latest", "must not be before earliest " + horizon.earliest());
        }
        return horizon;
    }
}
