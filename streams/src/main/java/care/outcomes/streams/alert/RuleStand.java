package care.outcomes.streams.alert;

import care.outcomes.streams.timeline.Strand;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where one rule stands in a course.
 *
 * @param memory what it remembers
 * @param stands whether a ground stands, be it one that another version tells
 * @param standing the ground that stands and that this version tells
 * @param past the grounds before it
 */
record RuleStand<S>(S memory, boolean stands, @Nullable Ground standing, Strand<Ground> past) {

    /** Whether the same comes of whatever follows. */
    @SuppressWarnings("ReferenceEquality") // most rules have not moved
    boolean meets(RuleStand<?> other) {
        return this == other
                || (stands == other.stands
                        && Objects.equals(memory, other.memory)
                        && Objects.equals(standing, other.standing));
    }

    /** This stand where another takes the place of one on the way to it. */
    @SuppressWarnings("ReferenceEquality") // most rules have not moved
    RuleStand<S> after(RuleStand<?> was, RuleStand<?> is) {
        return was == is || was.past.equals(is.past)
                ? this
                : new RuleStand<>(memory, stands, standing, past.after(was.past, is.past));
    }

    /** All grounds that have arisen, in order. */
    List<Ground> grounds() {
        if (standing == null) {
            return past;
        }
        List<Ground> grounds = new ArrayList<>(past);
        grounds.add(standing);
        return grounds;
    }
}
