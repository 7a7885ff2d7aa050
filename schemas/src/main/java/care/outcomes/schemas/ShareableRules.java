package care.outcomes.schemas;

import care.outcomes.schemas.CohortHorizon.After;
import java.io.Reader;

/**
 * What the shareable tier shares.
 *
 * @param horizon the one horizon of cohorts that is shared, counted from the first dose
 * @param smallest smallest count that may be told, 2 or more
 */
public record ShareableRules(CohortHorizon horizon, int smallest) {

    /** The shipped catalogue. */
    public static ShareableRules load() {
        RateRules rates = RateRules.load();
        return Catalogue.shipped("shareable.yaml", (name, text) -> read(name, text, rates));
    }

    /**
     * Reads a catalogue from a file of the same form as the shipped one.
     *
     * @param name file name for errors
     * @param rates where horizons are described
     * @throws CatalogueException if the file cannot be used
     */
    public static ShareableRules read(String name, Reader text, RateRules rates) {
        return Catalogue.read(name, text, top -> {
            CohortHorizon horizon = rates.horizons().get(top.text("horizon"));
            int smallest = top.whole("smallest");
            top.refuseOtherKeys();
            if (horizon == null || horizon.after() != After.FIRST_DOSE) {
                top.problem("horizon", "must be a horizon of rates.yaml that is counted from the first dose");
            }
            if (smallest < 2) {
                top.problem("smallest", "must be 2 or more");
            }
            return new ShareableRules(
                    horizon == null ? new CohortHorizon("", After.FIRST_DOSE, 1, 1) : horizon, smallest);
        });
    }
}
