package care.outcomes.streams.alert;

import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.AlertTransition;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one table of what may happen to an alert in which state, and where it leads. */
public final class AlertPath {

    private static final Map<AlertState, Map<AlertTransition, AlertState>> TABLE = new EnumMap<>(AlertState.class);

    static {
        // An alert that nobody was told of, and one that was taken back, can only be opened.
        may(AlertState.UNKNOWN, AlertTransition.OPENED, AlertState.OPEN);
        may(AlertState.RETRACTED, AlertTransition.OPENED, AlertState.OPEN);

        may(AlertState.OPEN, AlertTransition.ACKNOWLEDGED, AlertState.ACKNOWLEDGED);
        may(AlertState.OPEN, AlertTransition.SNOOZED, AlertState.SNOOZED);

        may(AlertState.ACKNOWLEDGED, AlertTransition.SNOOZED, AlertState.SNOOZED);
        may(AlertState.ACKNOWLEDGED, AlertTransition.REOPENED, AlertState.OPEN);

        may(AlertState.SNOOZED, AlertTransition.ACKNOWLEDGED, AlertState.ACKNOWLEDGED);
        may(AlertState.SNOOZED, AlertTransition.SNOOZED, AlertState.SNOOZED);
        may(AlertState.SNOOZED, AlertTransition.UNSNOOZED, AlertState.OPEN);

        may(AlertState.RESOLVED, AlertTransition.REOPENED, AlertState.OPEN);
        may(AlertState.RESOLVED, AlertTransition.RETRACTED, AlertState.RETRACTED);

        for (AlertState live : new AlertState[] {AlertState.OPEN, AlertState.ACKNOWLEDGED, AlertState.SNOOZED}) {
            may(live, AlertTransition.ESCALATED, AlertState.OPEN);
            may(live, AlertTransition.RESOLVED, AlertState.RESOLVED);
            may(live, AlertTransition.RETRACTED, AlertState.RETRACTED);
            remark(live);
        }
        remark(AlertState.RESOLVED);
    }

    private AlertPath() {}

    /**
     * Where a transition leads; empty where it may not happen.
     *
     * @param from state before; UNKNOWN while nobody was told of the alert
     */
    public static Optional<AlertState> next(AlertState from, AlertTransition transition) {
        Map<AlertTransition, AlertState> leads = TABLE.get(from);
        @Nullable AlertState to = leads == null ? null : leads.get(transition);
        return Optional.ofNullable(to);
    }

    /** Whether somebody has still to look at it, now or later. */
    public static boolean isLive(AlertState state) {
        return state == AlertState.OPEN || state == AlertState.ACKNOWLEDGED || state == AlertState.SNOOZED;
    }

    private static void remark(AlertState at) {
        may(at, AlertTransition.ASSIGNED, at);
        may(at, AlertTransition.NOTED, at);
        may(at, AlertTransition.REFUSED, at);
    }

    private static void may(AlertState from, AlertTransition transition, AlertState to) {
        TABLE.computeIfAbsent(from, any -> new EnumMap<>(AlertTransition.class)).put(transition, to);
    }
}
