package care.outcomes.streams.alert;

import care.outcomes.streams.timeline.Stand;
import java.util.ArrayList;
import java.util.List;

/** Where all rules of a course stand, in the order of the rules. */
record RuleStands(List<RuleStand<?>> stands) implements Stand<RuleStands> {

    /** Where rules stand now. */
    static RuleStands of(List<CourseRule<?>> rules) {
        List<RuleStand<?>> stands = new ArrayList<>(rules.size());
        for (CourseRule<?> rule : rules) {
            stands.add(rule.stand());
        }
        return new RuleStands(stands);
    }

    /** Where the rules stand after they have gone on from here; the same as long as none has moved. */
    @SuppressWarnings("ReferenceEquality") // a rule that has not moved stands where it stood
    RuleStands moved(List<CourseRule<?>> rules) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).stand() != stands.get(i)) {
                return of(rules);
            }
        }
        return this;
    }

    /** Takes the rules up where they stood. */
    void takeUp(List<CourseRule<?>> rules) {
        for (int i = 0; i < rules.size(); i++) {
            rules.get(i).takeUp(stands.get(i));
        }
    }

    @Override
    public boolean meets(RuleStands other) {
        for (int i = 0; i < stands.size(); i++) {
            if (!stands.get(i).meets(other.stands.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // what stays the same is not replaced
    public RuleStands after(RuleStands was, RuleStands is) {
        List<RuleStand<?>> after = stands;
        for (int i = 0; i < stands.size(); i++) {
            RuleStand<?> stand = stands.get(i).after(was.stands.get(i), is.stands.get(i));
            if (stand != stands.get(i)) {
                after = after == stands ? new ArrayList<>(stands) : after;
                after.set(i, stand);
            }
        }
        return after == stands ? this : new RuleStands(after);
    }
}
