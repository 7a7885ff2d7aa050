package care.outcomes.streams.alert;

import care.outcomes.streams.timeline.Stand;
import java.util.List;

/** Where all rules of a course stand, in the order of the rules. */
final class RuleStands implements Stand<RuleStands> {

    private final RuleStand<?>[] stands;

    private RuleStands(RuleStand<?>[] stands) {
        this.stands = stands;
    }

    /** Where rules stand now. */
    static RuleStands of(List<CourseRule<?>> rules) {
        return new RuleStands(rules.stream().map(CourseRule::stand).toArray(RuleStand<?>[]::new));
    }

    /** Where the rules stand after they have gone on from here; the same as long as none has moved. */
    RuleStands moved(List<CourseRule<?>> rules) {
        RuleStand<?>[] now = stands;
        for (int i = 0; i < stands.length; i++) {
            now = put(rules.get(i).stand(), i, now);
        }
        return now == stands ? this : new RuleStands(now);
    }

    /** Takes the rules up where they stood. */
    void takeUp(List<CourseRule<?>> rules) {
        for (int i = 0; i < stands.length; i++) {
            rules.get(i).takeUp(stands[i]);
        }
    }

    @Override
    public boolean meets(RuleStands other) {
        for (int i = 0; i < stands.length; i++) {
            if (!stands[i].meets(other.stands[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // where nothing is replaced, nothing is from there on
    public RuleStands after(RuleStands was, RuleStands is) {
        if (was == is) {
            return this;
        }
        RuleStand<?>[] now = stands;
        for (int i = 0; i < stands.length; i++) {
            now = put(stands[i].after(was.stands[i], is.stands[i]), i, now);
        }
        return now == stands ? this : new RuleStands(now);
    }

    /** Puts a stand in its place; what stays the same is not replaced, and these stands are left as they are. */
    @SuppressWarnings("ReferenceEquality") // a rule that has not moved stands where it stood
    private RuleStand<?>[] put(RuleStand<?> stand, int place, RuleStand<?>[] now) {
        if (stand == stands[place]) {
            return now;
        }
        RuleStand<?>[] moved = now == stands ? stands.clone() : now;
        moved[place] = stand;
        return moved;
    }
}
