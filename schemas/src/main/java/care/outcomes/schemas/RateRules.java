package care.outcomes.schemas;

import care.outcomes.schemas.CohortHorizon.After;
import java.io.Reader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How rates are taken, as far as it is data.
 *
 * @param horizons horizons of COHORT rates by id, in the order of the file
 * @param reference how references are cut
 * @param chart how charts are drawn
 */
public record RateRules(Map<String, CohortHorizon> horizons, ReferenceRules reference, ChartRules chart) {
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
            return new RateRules(
                    horizons, reference(top.section("reference")), chart(top.section("chart"), horizons.keySet()));
        });
    }

    private static ReferenceRules reference(Entry entry) {
        ReferenceRules rules = new ReferenceRules(entry.whole("cohorts"), entry.whole("least"));
        entry.refuseOtherKeys();
        require(entry, "cohorts", rules.cohorts() >= 1, "1 or more");
        require(entry, "least", rules.least() >= 1, "1 or more");
        return rules;
    }

    private static ChartRules chart(Entry entry, Set<String> horizons) {
        ChartRules rules = new ChartRules(
                entry.text("horizon"),
                entry.whole("last"),
                entry.whole("survivalDays"),
                number(entry, "weight"),
                number(entry, "width"),
                number(entry, "oddsRatio"),
                number(entry, "threshold"));
        entry.refuseOtherKeys();
        if (!horizons.contains(rules.horizon())) {
            entry.problem("horizon", "is no horizon" + Nearest.suggestion(rules.horizon(), horizons));
        }
        require(entry, "last", rules.last() >= 1, "1 or more");
        require(entry, "survivalDays", rules.survivalDays() >= 1, "1 or more");
        require(entry, "weight", rules.weight() > 0 && rules.weight() <= 1, "more than 0, at most 1");
        require(entry, "width", rules.width() > 0, "more than 0");
        require(entry, "oddsRatio", rules.oddsRatio() > 0 && rules.oddsRatio() != 1, "more than 0, and not 1");
        require(entry, "threshold", rules.threshold() > 0, "more than 0");
        return rules;
    }

    private static double number(Entry entry, String key) {
        return entry.required(key, "a number", Double::valueOf, 1.0);
    }

    private static void require(Entry entry, String key, boolean holds, String what) {
        if (!holds) {
            entry.problem(key, "must be " + what);
        }
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
