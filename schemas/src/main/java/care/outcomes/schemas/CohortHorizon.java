package care.outcomes.schemas;

/**
 * When a course of a cohort is looked at: a window of civil days after a day of the course, both ends inclusive, as the
 * catalogue file {@code rates.yaml} describes it.
 *
 * @param id name in rows, for example {@code P8W}
 * @param after day that the window is counted from
 * @param earliest first day of the window, days after that, 1 or more
 * @param latest last day of the window, not before {@code earliest}
 */
public record CohortHorizon(String id, After after, int earliest, int latest) {

    /** Day that a window is counted from. */
    public enum After {
        /** The first dose of the course. */
        FIRST_DOSE,
        /** The last dose of its induction, known when induction is over. */
        LAST_INDUCTION_DOSE
    }
}
