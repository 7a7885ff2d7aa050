package care.outcomes.streams.alert;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a ground goes on under another id: its first dose was withdrawn, earlier evidence was found, its patient was
 * merged into another. It does where the rule is the same and the evidence, but for what a score is compared with, is in part the same, or
 * where the two are about the same course and stood at one time.
 */
public final class Continuation {

    /** Kinds of evidence that many grounds of a patient share: what a score is compared with. */
    private static final Set<String> COMPARED_WITH = Set.of("BASELINE", "PREVIOUS");

    private Continuation() {}

    /** Whether the ground of an alert that is gone goes on in another. */
    public static boolean goesOn(Alert gone, Alert alert) {
        return gone.rule().equals(alert.rule())
                && (shares(telling(gone), alert)
                        || (sameCourse(gone.treatment(), gone.ordinal(), alert)
                                && (stood(alert, gone.openedAt()) || stood(gone, alert.openedAt()))));
    }

    /**
     * The alert that an action is about: the one it names, else the one in which that ground goes on; null where neither
     * is there. Of several the one that rests on the same evidence goes first, then the one that arose first.
     */
    static @Nullable Alert target(Action action, List<Alert> ledger) {
        Alert best = null;
        boolean bestShares = false;
        for (Alert alert : ledger) {
            if (alert.alertId().equals(action.alertId())) {
                return alert;
            }
            Action.About about = action.about();
            if (about == null || !about.rule().equals(alert.rule())) {
                continue;
            }
            boolean shares = shares(about.evidence(), alert);
            boolean fits =
                    shares || (sameCourse(about.treatment(), about.ordinal(), alert) && stood(alert, action.at()));
            if (fits && (best == null || (shares && !bestShares) || (shares == bestShares && before(alert, best)))) {
                best = alert;
                bestShares = shares;
            }
        }
        return best;
    }

    /** Whether an alert rests on one fact alone, but for what that is compared with. */
    public static boolean restsOn(String factId, Alert alert) {
        return telling(alert).equals(List.of(factId));
    }

    /** Whether evidence of a kind tells a ground from others, and is not what a score is compared with. */
    public static boolean tells(String kind) {
        return !COMPARED_WITH.contains(kind);
    }

    /** The facts that tell a ground from others of its course. */
    static List<String> telling(Alert alert) {
        return alert.evidence().stream()
                .filter(evidence -> tells(evidence.kind()))
                .map(Evidence::factId)
                .toList();
    }

    private static boolean shares(List<String> factIds, Alert alert) {
        return telling(alert).stream().anyMatch(factIds::contains);
    }

    private static boolean sameCourse(@Nullable String treatment, @Nullable Integer ordinal, Alert alert) {
        return treatment != null && treatment.equals(alert.treatment()) && Objects.equals(ordinal, alert.ordinal());
    }

    private static boolean stood(Alert alert, long at) {
        Long endedAt = alert.endedAt();
        return alert.openedAt() <= at && (endedAt == null || endedAt > at);
    }

    private static boolean before(Alert one, Alert other) {
        return one.openedAt() != other.openedAt()
                ? one.openedAt() < other.openedAt()
                : one.alertId().compareTo(other.alertId()) < 0;
    }
}
