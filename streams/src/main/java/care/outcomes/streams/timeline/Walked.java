package care.outcomes.streams.timeline;

import java.util.List;

/**
 * How far a walk over the days of a patient has come.
 *
 * @param day last of the days gone over, epoch day
 * @param until last of their instants, epoch milliseconds
 */
public record Walked<W extends Stand<W>>(int day, long until, W walk) implements Stand<Walked<W>> {

    /** A walk that has not begun. */
    public static <W extends Stand<W>> Walked<W> start(W walk) {
        return new Walked<>(Integer.MIN_VALUE, Long.MIN_VALUE, walk);
    }

    /** The walk having gone over the facts of some more days. */
    public Walked<W> over(List<? extends Fact> facts, W further) {
        long last = until;
        for (Fact fact : facts) {
            last = Math.max(last, fact.stamp().at());
        }
        return new Walked<>(facts.get(facts.size() - 1).day(), last, further);
    }

    /** Whether a fact comes after it: by day, and by the clock too, for it may say the same as one of another label. */
    public boolean isBefore(Stamp stamp) {
        return day < stamp.day() && (!stamp.timed() || until < stamp.at());
    }

    @Override
    public boolean meets(Walked<W> other) {
        return day == other.day && until == other.until && walk.meets(other.walk);
    }

    @Override
    public Walked<W> after(Walked<W> was, Walked<W> is) {
        return new Walked<>(day, until, walk.after(was.walk, is.walk));
    }
}
