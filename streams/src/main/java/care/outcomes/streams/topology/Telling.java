package care.outcomes.streams.topology;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.streams.alert.Alert;
import care.outcomes.streams.topology.state.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What of a patient's ledger is told now (SEMANTICS §5). The ledger is a function of facts; what was told of it, and when,
 * is delivery. A fresh ground is told at once, an old one when its patient has settled. What was told and has lost its
 * ground is taken back. In the end what is told is the ledger; only events are fewer.
 */
final class Telling {

    /** How long a retracted alert stays on the topic, unless its patient was erased. */
    static final Duration RETRACTED_FOR = Duration.ofDays(30);

    private final AlertRules rules;
    private final Moment moment;
    private final long settledAt;
    private final Duration retractedFor;
    private final TreeMap<String, Told> told = new TreeMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final Set<String> replaced = new HashSet<>();
    private long recheck = Long.MAX_VALUE;

    private Telling(AlertRules rules, Moment moment, long settledAt, Duration retractedFor) {
        this.rules = rules;
        this.moment = moment;
        this.settledAt = settledAt;
        this.retractedFor = retractedFor;
    }

    /**
     * One thing to tell.
     *
     * @param told the alert as it is told now
     * @param event what happened to it; null where nobody is to be notified
     * @param reason why
     * @param forgotten whether the alert is to vanish from the topic
     */
    record Step(
            Told told,
            @Nullable AlertTransition event,
            @Nullable String reason,
            boolean forgotten) {}

    /**
     * What there is to tell.
     *
     * @param told all that is told from now on, by alert id
     * @param steps what changes
     * @param recheck first instant of the wall clock at which there is more to tell, epoch milliseconds;
     *     {@link Long#MAX_VALUE}: none
     */
    record Result(List<Told> told, List<Step> steps, long recheck) {}

    /**
     * Compares what was told with the ledger.
     *
     * @param settledAt wall clock from which on the patient counts as settled, epoch milliseconds
     * @param retractedFor how long a retracted alert stays on the topic
     */
    static Result of(
            List<Told> before,
            List<Alert> ledger,
            AlertRules rules,
            Moment moment,
            long settledAt,
            Duration retractedFor) {
        Telling telling = new Telling(rules, moment, settledAt, retractedFor);
        before.forEach(old -> telling.told.put(old.alert().alertId(), old));
        List<Told> lost = telling.withoutGround(ledger);
        ledger.forEach(alert -> telling.lay(alert, lost));
        lost.forEach(telling::retract);
        telling.forget();
        return new Result(List.copyOf(telling.told.values()), List.copyOf(telling.steps), telling.recheck);
    }

    private List<Told> withoutGround(List<Alert> ledger) {
        List<String> grounds = ledger.stream().map(Alert::alertId).toList();
        return told.values().stream()
                .filter(old -> old.state() != AlertState.RETRACTED
                        && !grounds.contains(old.alert().alertId()))
                .toList();
    }

    private void lay(Alert alert, List<Told> lost) {
        Told old = told.get(alert.alertId());
        if (old != null && old.state() != AlertState.RETRACTED) {
            follow(old, alert);
            return;
        }
        Told predecessor = lost.stream()
                .filter(gone -> goesOn(gone.alert(), alert))
                .filter(gone -> !replaced.contains(gone.alert().alertId()))
                .findFirst()
                .orElse(null);
        if (predecessor != null || mayTell(alert)) {
            open(alert, predecessor);
        } else {
            recheck = Math.min(recheck, isFresh(alert) ? 0 : settledAt);
        }
    }

    private void follow(Told old, Alert alert) {
        if (old.alert().equals(alert)) {
            return;
        }
        Told now = new Told(alert, state(alert), old.backdated(), old.held(), old.replaces(), Long.MAX_VALUE);
        if (alert.severity().compareTo(old.alert().severity()) > 0) {
            tell(now, AlertTransition.ESCALATED, null);
        } else if (now.state() == old.state()) {
            tell(now, null, null);
        }
        if (now.state() != old.state()) {
            tell(
                    now,
                    alert.open() ? AlertTransition.OPENED : AlertTransition.RESOLVED,
                    alert.open() ? "REOPENED" : alert.endReason());
        }
    }

    private void open(Alert alert, @Nullable Told predecessor) {
        boolean fresh = isFresh(alert);
        if (predecessor != null) {
            replaced.add(predecessor.alert().alertId());
        }
        Told now = new Told(
                alert,
                state(alert),
                !fresh,
                !fresh || moment.isBatch(),
                predecessor == null ? null : predecessor.alert().alertId(),
                Long.MAX_VALUE);
        // What has ended before anybody was told needs no notice.
        tell(now, alert.open() ? AlertTransition.OPENED : null, null);
    }

    private void retract(Told old) {
        boolean goesOn = replaced.contains(old.alert().alertId());
        long forgetAt = moment.now() + retractedFor.toMillis();
        Told now = new Told(old.alert(), AlertState.RETRACTED, old.backdated(), old.held(), old.replaces(), forgetAt);
        tell(now, AlertTransition.RETRACTED, goesOn ? "REPLACED" : "GROUND_LOST");
    }

    private void forget() {
        for (Told old : List.copyOf(told.values())) {
            boolean over = retractedFor.isZero() && old.state() == AlertState.RETRACTED;
            if (over || old.forgetAt() <= moment.now()) {
                told.remove(old.alert().alertId());
                steps.add(new Step(old, null, null, true));
            } else {
                recheck = Math.min(recheck, old.forgetAt());
            }
        }
    }

    private void tell(Told now, @Nullable AlertTransition event, @Nullable String reason) {
        told.put(now.alert().alertId(), now);
        steps.add(new Step(now, event, reason, false));
    }

    private boolean mayTell(Alert alert) {
        if (moment.caughtUp() && moment.now() >= settledAt) {
            return true;
        }
        boolean rawScore = alert.treatment() == null;
        return !moment.isBatch() && isFresh(alert) && (moment.caughtUp() || rawScore);
    }

    private boolean isFresh(Alert alert) {
        long fresh =
                rules.find(alert.rule()).map(rule -> rule.fresh().toMillis()).orElse(0L);
        return alert.openedAt() >= moment.reach() - fresh;
    }

    /** The same rule about the same course, or on the same evidence, is the same ground under another id. */
    private static boolean goesOn(Alert gone, Alert alert) {
        if (!gone.rule().equals(alert.rule())) {
            return false;
        }
        boolean sameCourse = alert.treatment() != null
                && alert.treatment().equals(gone.treatment())
                && Objects.equals(alert.ordinal(), gone.ordinal());
        return sameCourse
                || alert.evidence().stream()
                        .anyMatch(evidence -> gone.evidence().contains(evidence));
    }

    private static AlertState state(Alert alert) {
        return alert.open() ? AlertState.OPEN : AlertState.RESOLVED;
    }
}
