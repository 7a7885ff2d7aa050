package care.outcomes.streams.topology;

import care.outcomes.streams.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at every patient once when the rules have changed, or there are other references, in slices, while facts go on
 * coming. A restart begins again; patients already derived under the new rules are passed over.
 */
final class RulesetWalk {

    /** Characters of a ruleset without overrides and references. */
    private static final int NAME = 12;

    private final PatientStores stores;
    private final Marks marks;
    private final String ruleset;
    private final long mark;
    private String position = "";
    private boolean done;
    private boolean justEnded;

    /**
     * A walk.
     *
     * @param ruleset rules in force, overrides and references among them
     */
    RulesetWalk(PatientStores stores, Marks marks, String ruleset) {
        this.stores = stores;
        this.marks = marks;
        this.ruleset = ruleset;
        this.mark = mark(ruleset);
        this.done = marks.get(Marks.RULESET) == mark;
    }

    /** Rules as a number. Overrides and references make their name longer than a number can tell: those are negative. */
    private static long mark(String ruleset) {
        return ruleset.length() == NAME
                ? Marks.number(ruleset)
                : -1 - Marks.number(Digest.of(ruleset).substring(0, NAME));
    }

    /** Whether a mark tells of overrides or references, which concern alerts alone. */
    static boolean isOverridden(long mark) {
        return mark < 0;
    }

    /** The next patients that were derived under other rules. */
    List<String> next(int most) {
        if (done) {
            return List.of();
        }
        if (position.isEmpty()) {
            // Who goes back to the rules before, half way, has to walk back.
            marks.put(Marks.RULESET, 0);
        }
        List<String> outdated = new ArrayList<>();
        List<String> slice = stores.patientsAfter(position, most);
        for (String patientKey : slice) {
            if (!stores.head(patientKey).ruleset().equals(ruleset)) {
                outdated.add(patientKey);
            }
            position = patientKey;
        }
        if (slice.size() < most) {
            done = true;
            justEnded = true;
            marks.set(Marks.RULESET, mark);
        }
        return outdated;
    }

    /** Whether no patient is left that was derived under other rules. */
    boolean isDone() {
        return done;
    }

    /** Whether the last slice was the last one; said once. */
    boolean hasJustEnded() {
        boolean ended = justEnded;
        justEnded = false;
        return ended;
    }
}
