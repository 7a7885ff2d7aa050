package care.outcomes.streams.feed;

/**
 * How the alerts of one rule served those who act on them, or a difference of that. Addition commutes.
 *
 * @param opened alerts that stand or stood
 * @param acknowledged of those, acknowledged, snoozed or resolved by a person
 * @param actedOn of those, resolved with an outcome that changed care
 * @param notApt of those, resolved as not applicable or founded on wrong records
 * @param minutesToAction sum of the times from when their grounds arose to the first action
 * @param endedByData of those, ended by data
 * @param minutesAhead sum of the times from when their grounds arose to that end
 */
public record AlertFigures(
        long opened,
        long acknowledged,
        long actedOn,
        long notApt,
        long minutesToAction,
        long endedByData,
        long minutesAhead) {

    /** None. */
    public static final AlertFigures ZERO = new AlertFigures(0, 0, 0, 0, 0, 0, 0);

    AlertFigures plus(AlertFigures other, int sign) {
        return new AlertFigures(
                opened + sign * other.opened,
                acknowledged + sign * other.acknowledged,
                actedOn + sign * other.actedOn,
                notApt + sign * other.notApt,
                minutesToAction + sign * other.minutesToAction,
                endedByData + sign * other.endedByData,
                minutesAhead + sign * other.minutesAhead);
    }
}
