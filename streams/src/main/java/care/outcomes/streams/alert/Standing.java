package care.outcomes.streams.alert;

import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.ResolvedBy;
import care.outcomes.schemas.record.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where an alert stands once the actions about it are laid over its ground (SEMANTICS §5): a function of the ground, the
 * actions known and the horizon, whatever order they arrived in.
 *
 * <p>An action covers the severity it saw: where the ground is graver, it stands open. Suicidality cannot be snoozed, and
 * it is over only when a later answer is lower <em>and</em> somebody has acknowledged it.
 *
 * @param state OPEN, ACKNOWLEDGED, SNOOZED or RESOLVED
 * @param resolvedBy of a resolved alert, whether data or a person ended it
 * @param resolvedAt when it was resolved, epoch milliseconds
 * @param outcome code of a person's resolution
 * @param snoozedUntil while it is snoozed, until when, epoch milliseconds
 * @param assignee to whom it is assigned
 * @param taken the actions about it, in order, each with what came of it
 */
public record Standing(
        AlertState state,
        @Nullable ResolvedBy resolvedBy,
        @Nullable Long resolvedAt,
        @Nullable String outcome,
        @Nullable Long snoozedUntil,
        @Nullable String assignee,
        List<Taken> taken) {

    /** The alert was over when the action was taken. */
    public static final String ALREADY_RESOLVED = "ALREADY_RESOLVED";

    /** Somebody had acknowledged it before. */
    public static final String ALREADY_ACKNOWLEDGED = "ALREADY_ACKNOWLEDGED";

    /** The alert is graver than it was for whoever acted. */
    public static final String OUTRANKED = "OUTRANKED";

    /** Suicidality cannot be snoozed. */
    public static final String NOT_SNOOZABLE = "NOT_SNOOZABLE";

    /** Why suicidality is over: a later answer was lower, and somebody has acknowledged it. */
    public static final String LOWER_AND_ACKNOWLEDGED = "LOWER_AND_ACKNOWLEDGED";

    /** Suicidality is over only when a later answer is lower; until then the resolution acknowledges. */
    public static final String AWAITS_LOWER_VALUE = "AWAITS_LOWER_VALUE";

    public Standing {
        taken = List.copyOf(taken);
    }

    /**
     * An action and what came of it.
     *
     * @param transition what it did; REFUSED where it changed nothing
     * @param reason why it did less than it says; null where it did what it says
     */
    public record Taken(
            Action action,
            AlertTransition transition,
            @Nullable String reason) {}

    /**
     * The standing of an alert, and when it changes next without anything new.
     *
     * @param next epoch milliseconds; {@link Long#MAX_VALUE}: never
     */
    public record Laid(Standing standing, long next) {}

    /**
     * Lays actions over the alerts of a ledger.
     *
     * @param actions in order
     * @param horizon last instant that counts, epoch milliseconds
     * @return by alert id
     */
    public static Map<String, Laid> lay(List<Alert> ledger, List<Action> actions, long horizon) {
        Map<String, List<Action>> about = new HashMap<>();
        for (Action action : actions) {
            Alert target = Continuation.target(action, ledger);
            if (target != null) {
                about.computeIfAbsent(target.alertId(), any -> new ArrayList<>())
                        .add(action);
            }
        }
        Map<String, Laid> laid = new HashMap<>();
        for (Alert alert : ledger) {
            laid.put(alert.alertId(), lay(alert, about.getOrDefault(alert.alertId(), List.of()), horizon));
        }
        return laid;
    }

    /** Where an alert stands that nobody has acted on. */
    public static Standing plain(Alert alert) {
        return lay(alert, List.of(), Long.MAX_VALUE).standing();
    }

    /** Lays the actions about one alert over it. */
    static Laid lay(Alert alert, List<Action> actions, long horizon) {
        Laying laying = new Laying(alert);
        long next = Long.MAX_VALUE;
        for (Action action : actions) {
            if (action.at() > horizon) {
                next = action.at();
                break;
            }
            laying.take(action);
        }
        laying.end(horizon);
        Long until = laying.snoozedUntil;
        return new Laid(laying.standing(), until == null ? next : Math.min(next, until));
    }

    /** Whether an alert is about suicidality, which nobody may overlook: not to be snoozed, nor ended by time or data alone. */
    public static boolean isSuicidality(Alert alert) {
        return alert.rule().equals(SuicideWatch.SUICIDALITY);
    }

    /** The action that was taken last; null where none was. */
    public @Nullable Action last() {
        return taken.isEmpty() ? null : taken.get(taken.size() - 1).action();
    }

    /** The last action that did something; null where none did. */
    public @Nullable Taken lastThat(AlertTransition transition) {
        for (int i = taken.size() - 1; i >= 0; i--) {
            if (taken.get(i).transition() == transition) {
                return taken.get(i);
            }
        }
        return null;
    }

    /** An alert on its way through time. */
    private static final class Laying {
        private final Alert alert;
        private final boolean suicidality;
        private final List<Taken> taken = new ArrayList<>();
        private AlertState state = AlertState.OPEN;
        private @Nullable ResolvedBy resolvedBy;
        private @Nullable Long resolvedAt;
        private @Nullable String outcome;
        private @Nullable Long snoozedUntil;
        private @Nullable String assignee;
        private @Nullable Long acknowledgedAt;

        Laying(Alert alert) {
            this.alert = alert;
            this.suicidality = isSuicidality(alert);
        }

        Standing standing() {
            return new Standing(state, resolvedBy, resolvedAt, outcome, snoozedUntil, assignee, taken);
        }

        /** Time passes: a snooze ends, the ground ends. */
        void pass(long until) {
            pass(until, until);
        }

        private void pass(long groundUntil, long until) {
            Long end = dataEnd();
            if (AlertPath.isLive(state) && end != null && end <= groundUntil) {
                snoozedUntil = null;
                resolve(ResolvedBy.DATA, end);
            } else if (snoozedUntil != null && snoozedUntil <= until) {
                snoozedUntil = null;
                state = AlertState.OPEN;
            }
        }

        /** Nothing more comes. A ground that has ended has ended, though its clinic's day may begin after the horizon. */
        void end(long horizon) {
            pass(Math.max(horizon, Objects.requireNonNullElse(dataEnd(), horizon)), horizon);
        }

        /** When data end it; where they alone do not, not before somebody has seen it. */
        private @Nullable Long dataEnd() {
            Long ended = alert.endedAt();
            Long eased = alert.resolvesWhenAcknowledgedFrom();
            Long seen = acknowledgedAt;
            if (ended != null || eased == null || seen == null) {
                return ended;
            }
            return Math.max(eased, seen);
        }

        void take(Action action) {
            // Whoever acted had seen the alert; that it arose later by now is a correction of its facts.
            long when = Math.max(action.at(), alert.openedAt());
            pass(when);
            switch (action.kind()) {
                case ASSIGN -> {
                    assignee = action.assignee();
                    taken.add(new Taken(action, AlertTransition.ASSIGNED, null));
                }
                case ACKNOWLEDGE, SNOOZE, RESOLVE -> change(action, when);
                default -> taken.add(new Taken(action, AlertTransition.NOTED, null));
            }
        }

        private void change(Action action, long when) {
            String refused = refusal(action, when);
            if (refused != null) {
                taken.add(new Taken(action, AlertTransition.REFUSED, refused));
                return;
            }
            snoozedUntil = null;
            switch (action.kind()) {
                case SNOOZE -> {
                    state = AlertState.SNOOZED;
                    snoozedUntil = action.until();
                    taken.add(new Taken(action, AlertTransition.SNOOZED, null));
                }
                case RESOLVE -> {
                    if (suicidality && !isEased(when)) {
                        acknowledge(action, when, AWAITS_LOWER_VALUE);
                    } else {
                        outcome = action.outcome();
                        resolve(ResolvedBy.PERSON, when);
                        taken.add(new Taken(action, AlertTransition.RESOLVED, null));
                    }
                }
                default -> acknowledge(action, when, null);
            }
        }

        private @Nullable String refusal(Action action, long when) {
            if (state == AlertState.RESOLVED) {
                return ALREADY_RESOLVED;
            }
            if (action.severity() != Severity.UNKNOWN && action.severity().compareTo(alert.severity()) < 0) {
                return OUTRANKED;
            }
            return switch (action.kind()) {
                case SNOOZE -> suicidality ? NOT_SNOOZABLE : null;
                case ACKNOWLEDGE -> state == AlertState.ACKNOWLEDGED ? ALREADY_ACKNOWLEDGED : null;
                case RESOLVE ->
                    suicidality && state == AlertState.ACKNOWLEDGED && !isEased(when) ? AWAITS_LOWER_VALUE : null;
                default -> null;
            };
        }

        private boolean isEased(long when) {
            Long eased = alert.resolvesWhenAcknowledgedFrom();
            return eased != null && eased <= when;
        }

        private void acknowledge(Action action, long when, @Nullable String reason) {
            state = AlertState.ACKNOWLEDGED;
            acknowledgedAt = when;
            taken.add(new Taken(action, AlertTransition.ACKNOWLEDGED, reason));
        }

        private void resolve(ResolvedBy by, long at) {
            state = AlertState.RESOLVED;
            resolvedBy = by;
            resolvedAt = at;
        }
    }
}
