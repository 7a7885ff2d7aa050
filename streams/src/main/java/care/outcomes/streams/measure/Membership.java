package care.outcomes.streams.measure;

import org.jspecify.annotations.Nullable;

/**
 * What a patient counts as in one measure and measurement period. The denominator is the initial population; it holds
 * the excluded too, the numerator never does.
 *
 * @param measure id of the measure
 * @param version year of the version that the period has
 * @param period calendar year
 * @param clinicId clinic of the index encounter, or of the index assessment where none is asked for
 * @param initialPopulation whether the patient has an index and is of age
 * @param excluded whether an exclusion holds; never outside the initial population
 * @param numerator whether the follow-up is a success; never with an exclusion
 * @param closed whether the last day of the window is over at the horizon: only late facts change it then
 * @param stratum stratum by age on the index day; null: outside the initial population, or age unknown
 */
public record Membership(
        String measure,
        int version,
        int period,
        String clinicId,
        boolean initialPopulation,
        boolean excluded,
        boolean numerator,
        boolean closed,
        @Nullable String stratum) {

    /** The same with another answer to whether the follow-up is a success. */
    Membership with(boolean success) {
        return new Membership(
                measure, version, period, clinicId, initialPopulation, excluded, success, closed, stratum);
    }
}
