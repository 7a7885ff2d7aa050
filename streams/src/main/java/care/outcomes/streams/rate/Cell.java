package care.outcomes.streams.rate;

import java.util.List;

/**
 * What happened to the votes of a group on one day, or a difference of that. With {@code W} the days of a window,
 *
 * <pre>V(D) = V(D−1) + begun(D) − ended_W(D) − (begun(D−W) − replaced_W(D−W))</pre>
 *
 * so a vote touches the day it begins and the day it is replaced, whatever the window, and no future day.
 *
 * @param begun votes begun on the day
 * @param ended by window: votes ended on the day while still inside the window
 * @param replaced by window: votes begun on the day that were so ended
 */
public record Cell(Tally begun, List<Tally> ended, List<Tally> replaced) {

    private static final List<Tally> NONE = List.of(Tally.ZERO, Tally.ZERO, Tally.ZERO);

    /** Nothing happened. */
    public static final Cell ZERO = new Cell(Tally.ZERO, NONE, NONE);

    /** Votes begin. */
    static Cell begun(Tally votes) {
        return new Cell(votes, NONE, NONE);
    }

    /**
     * Votes that begin here end.
     *
     * @param stood days until they do
     */
    static Cell replaced(Tally votes, long stood) {
        return new Cell(Tally.ZERO, NONE, inside(stood, votes));
    }

    /**
     * Votes end.
     *
     * @param stood days since they began
     */
    static Cell ended(Tally votes, long stood) {
        return new Cell(Tally.ZERO, inside(stood, votes), NONE);
    }

    static Cell ended(Window window, Tally votes) {
        return new Cell(Tally.ZERO, only(window, votes), NONE);
    }

    /** The windows in which votes still stood that stood so many days. */
    private static List<Tally> inside(long stood, Tally votes) {
        return stood >= Window.LONGEST
                ? NONE
                : List.of(
                        stood < Window.P28D.days() ? votes : Tally.ZERO,
                        stood < Window.P90D.days() ? votes : Tally.ZERO,
                        votes);
    }

    private static List<Tally> only(Window window, Tally votes) {
        Tally[] tallies = NONE.toArray(Tally[]::new);
        tallies[window.ordinal()] = votes;
        return List.of(tallies);
    }

    public Cell plus(Cell other) {
        return new Cell(begun.plus(other.begun), plus(ended, other.ended), plus(replaced, other.replaced));
    }

    public boolean isZero() {
        return begun.isZero() && isZero(ended) && isZero(replaced);
    }

    private static boolean isZero(List<Tally> tallies) {
        return tallies.get(0).isZero()
                && tallies.get(1).isZero()
                && tallies.get(2).isZero();
    }

    private static List<Tally> plus(List<Tally> left, List<Tally> right) {
        if (isZero(right)) {
            return left;
        }
        if (isZero(left)) {
            return right;
        }
        return List.of(
                left.get(0).plus(right.get(0)),
                left.get(1).plus(right.get(1)),
                left.get(2).plus(right.get(2)));
    }
}
