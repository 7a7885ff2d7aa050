package care.outcomes.deploy.truth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a rule did.
 *
 * @param rule rule id
 * @param expected alerts that must come
 * @param found those of them that came
 * @param told alerts that came
 * @param leadDays median of the days by which those found came before the series would have been over; null where that
 *     says nothing
 * @param missed some that did not come
 * @param wrong some that came though they must not
 */
public record RuleScore(
        String rule,
        int expected,
        int found,
        int told,
        @Nullable Double leadDays,
        List<String> missed,
        List<String> wrong) {

    /** Share of the alerts that must come that came, in [0, 1]; 1 where none must. */
    public double recall() {
        return expected == 0 ? 1 : (double) found / expected;
    }

    /** Share of the alerts that came that must come, in [0, 1]; 1 where none came. */
    public double precision() {
        return told == 0 ? 1 : (double) found / told;
    }

    /** Whether all that must come came, and nothing else. */
    public boolean exact() {
        return found == expected && found == told;
    }
}
