package care.outcomes.streams.alert;

import care.outcomes.schemas.record.ActionKind;
import care.outcomes.schemas.record.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person did about an alert. It names the alert it was shown, and what that alert was about, so that it finds the
 * ground where it goes on under another id.
 *
 * @param actionId identity
 * @param alertId alert the person was shown
 * @param kind what they did
 * @param actor who
 * @param at when, epoch milliseconds
 * @param severity severity the alert had for them; a higher one is not covered. UNKNOWN: whatever it had
 * @param until of a snooze, its end, epoch milliseconds
 * @param assignee of an assignment, to whom
 * @param outcome of a resolution, its code
 * @param note free text
 * @param about what the alert was about, where it is told
 */
public record Action(
        String actionId,
        String alertId,
        ActionKind kind,
        String actor,
        long at,
        Severity severity,
        @Nullable Long until,
        @Nullable String assignee,
        @Nullable String outcome,
        @Nullable String note,
        @Nullable About about) {

    /** Order in which actions are laid over alerts. */
    public static final Comparator<Action> ORDER =
            Comparator.comparingLong(Action::at).thenComparing(Action::actionId);

    /** Of two that claim one identity the same one wins in any order of arrival. */
    private static final Comparator<Action> CLAIM = ORDER.thenComparing(Action::toString);

    /**
     * What an alert was about.
     *
     * @param rule rule id
     * @param treatment treatment of the course; null for raw-score rules
     * @param ordinal ordinal of the course; null for raw-score rules
     * @param evidence ids of the facts it rested on, but for baselines, which many alerts of a course share
     */
    public record About(
            String rule,
            @Nullable String treatment,
            @Nullable Integer ordinal,
            List<String> evidence) {

        public About {
            evidence = List.copyOf(evidence);
        }

        /** What an alert is about. */
        public static About of(Alert alert) {
            return new About(alert.rule(), alert.treatment(), alert.ordinal(), Continuation.telling(alert));
        }
    }

    /** The same, told what the alert is about. */
    public Action about(About known) {
        return new Action(actionId, alertId, kind, actor, at, severity, until, assignee, outcome, note, known);
    }

    /**
     * Folds an action in: each counts once, in order, whenever it comes.
     *
     * @return the same list where it was there already
     */
    public static List<Action> fold(List<Action> known, Action action) {
        List<Action> folded = new ArrayList<>();
        for (Action old : known) {
            if (!old.actionId().equals(action.actionId())) {
                folded.add(old);
            } else if (CLAIM.compare(old, action) <= 0) {
                return known;
            }
        }
        folded.add(action);
        folded.sort(ORDER);
        return List.copyOf(folded);
    }
}
