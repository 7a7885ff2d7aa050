package care.outcomes.streams.measure;

/**
 * How many patients count as what. Differences are negative where fewer do.
 *
 * @param patients patients with a row
 * @param initialPopulation of these, in the initial population, which is the denominator
 * @param exclusion of these, excluded
 * @param numerator of the initial population and not excluded, with success
 */
public record MeasureCounts(int patients, int initialPopulation, int exclusion, int numerator) {

    /** None. */
    public static final MeasureCounts ZERO = new MeasureCounts(0, 0, 0, 0);

    static MeasureCounts of(Membership membership) {
        return new MeasureCounts(
                1,
                membership.initialPopulation() ? 1 : 0,
                membership.excluded() ? 1 : 0,
                membership.numerator() ? 1 : 0);
    }

    public MeasureCounts plus(MeasureCounts more) {
        return new MeasureCounts(
                patients + more.patients,
                initialPopulation + more.initialPopulation,
                exclusion + more.exclusion,
                numerator + more.numerator);
    }

    MeasureCounts negated() {
        return new MeasureCounts(-patients, -initialPopulation, -exclusion, -numerator);
    }

    public boolean isZero() {
        return equals(ZERO);
    }

    /** Whether patients can count like this. */
    public boolean isPlausible() {
        return exclusion >= 0
                && numerator >= 0
                && exclusion + numerator <= initialPopulation
                && initialPopulation <= patients;
    }
}
