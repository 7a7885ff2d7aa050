package care.outcomes.streams.outcome;

/**
 * The end of a course.
 *
 * @param day civil day, epoch day
 * @param reason why
 */
public record Closing(int day, Reason reason) {

    /** Why a course ends; of two on one day the earlier named one counts. */
    public enum Reason {
        DIED,
        SWITCHED,
        NEXT_COURSE,
        COMPLETED,
        INCOMPLETE,
        LOST,
        WITHDRAWN
    }
}
