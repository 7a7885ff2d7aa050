package care.outcomes.streams.rate;

import org.jspecify.annotations.Nullable;

/**
 * Courses that are alike in what outcomes depend on before treatment, and in whether they may be shared (SEMANTICS §4,
 * case mix; §6, consent). The counts of a cohort are the sum over its strata.
 *
 * @param treatment treatment of the course that votes; in a group of one treatment always the same
 * @param band band of severity of the baseline, 0 the mildest; {@link #NOT_EVALUABLE} without a baseline that counts
 * @param prior adequate trials before the course
 * @param consents whether the patient consents on the day
 */
public record Stratum(String treatment, int band, Prior prior, boolean consents) implements Comparable<Stratum> {

    /** Band of courses without a baseline that counts. */
    public static final int NOT_EVALUABLE = -1;

    /** Adequate trials of treatment before the course, in the steps that resistance is staged by. */
    public enum Prior {
        UNKNOWN,
        /** None or one. */
        UNDER_TWO,
        /** Two or three: treatment-resistant. */
        TWO_OR_THREE,
        /** Four or more. */
        FOUR_OR_MORE;

        /**
         * The step of a number of trials.
         *
         * @param trials 0 or more; null: not recorded
         */
        public static Prior of(@Nullable Integer trials) {
            if (trials == null) {
                return UNKNOWN;
            }
            return trials < 2 ? UNDER_TWO : trials < 4 ? TWO_OR_THREE : FOUR_OR_MORE;
        }
    }

    @Override
    public int compareTo(Stratum other) {
        int order = treatment.compareTo(other.treatment);
        order = order != 0 ? order : Integer.compare(band, other.band);
        order = order != 0 ? order : prior.compareTo(other.prior);
        return order != 0 ? order : Boolean.compare(consents, other.consents);
    }
}
