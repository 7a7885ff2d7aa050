package care.outcomes.streams.topology;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.ResolvedBy;
import care.outcomes.streams.alert.Action;
import care.outcomes.streams.alert.Alert;
import care.outcomes.streams.alert.AlertPath;
import care.outcomes.streams.alert.Continuation;
import care.outcomes.streams.alert.Standing;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.topology.state.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What of a ledger is told now (SEMANTICS §5). The ledger is a function of facts and actions; what was told of it, and
 * when, is delivery. A fresh ground is told at once, an old one when its patient has settled; while a load is open both
 * wait, but for suicidality. What was told and has lost its ground is taken back. In the end what is told is the ledger;
 * only events are fewer.
 *
 * <p>The events of an alert are a path of {@link AlertPath}: each leads from where the last one led, and after the last the
 * alert stands where the ledger says.
 */
final class Telling {

    /** How long a retracted alert stays on the topic, unless its patient was erased. */
    static final Duration RETRACTED_FOR = Duration.ofDays(30);

    /** How long after keys were linked otherwise what was told under one of them may take to be known under the other. */
    static final Duration HANDED_ON = Duration.ofMinutes(5);

    /** Instant at which what an open load holds is looked at: when the load has ended. */
    static final long WHEN_LOADED = Long.MAX_VALUE - 1;

    /** An alert is taken back because its ground is gone. */
    static final String GROUND_LOST = "GROUND_LOST";

    /** It is taken back because its patient's facts count under another key. */
    static final String MOVED = "MOVED";

    /** It is taken back because its ground goes on in another alert. */
    static final String REPLACED = "REPLACED";

    /** An action came after others that decide where the alert stands. */
    static final String SUPERSEDED = "SUPERSEDED";

    private final Delivery delivery;
    private final Map<String, Standing.Laid> laid;
    private final TreeMap<String, Told> told = new TreeMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final Set<String> replaced = new HashSet<>();
    private long recheck = Long.MAX_VALUE;
    private long next = Long.MAX_VALUE;

    private Telling(Delivery delivery, Map<String, Standing.Laid> laid) {
        this.delivery = delivery;
        this.laid = laid;
    }

    /**
     * What decides when a ground may be told.
     *
     * @param rules how long the grounds of each rule are fresh
     * @param settledAt wall clock from which on the patient counts as settled, epoch milliseconds
     * @param retractedFor how long a retracted alert stays on the topic
     * @param lost why an alert is taken back that has no ground
     * @param linkedAt wall clock at which keys were linked otherwise, epoch milliseconds; 0: not of late
     * @param news the fact that came just now and that no key has known before; null where there is none
     * @param loading whether a load is open for a clinic
     */
    record Delivery(
            AlertRules rules,
            Moment moment,
            long settledAt,
            Duration retractedFor,
            String lost,
            long linkedAt,
            @Nullable Fact news,
            Predicate<String> loading) {

        /** Whether a ground may have been told under another key, of which word is still to come. */
        boolean mayHaveBeenTold(Alert alert) {
            return !moment.isBatch() && alert.openedAt() <= linkedAt && moment.now() < handedOn() && !isNews(alert);
        }

        /** Whether an alert tells of an answer about suicide that has come just now: that cannot wait. */
        private boolean isNews(Alert alert) {
            return news != null
                    && Standing.isSuicidality(alert)
                    && Continuation.restsOn(news.stamp().identity().factId(), alert);
        }

        long handedOn() {
            return linkedAt + HANDED_ON.toMillis();
        }
    }

    /**
     * Something to tell of an alert.
     *
     * @param at when it happened in the life of the ground, epoch milliseconds
     * @param reason why
     * @param action the action that did it; null where no person did
     * @param state where the alert stands after it
     */
    record Event(
            AlertTransition transition,
            long at,
            @Nullable String reason,
            @Nullable Action action,
            AlertState state) {}

    /**
     * One change.
     *
     * @param told the alert as it is told now
     * @param events what happened to it, in order; none where nobody is to be notified
     * @param forgotten whether the alert is to vanish from the topic
     */
    record Step(Told told, List<Event> events, boolean forgotten) {}

    /**
     * What there is to tell.
     *
     * @param told all that is told from now on, by alert id
     * @param steps what changes
     * @param recheck first instant of the wall clock at which there is more to tell, epoch milliseconds;
     *     {@link #WHEN_LOADED}: when no load is open; {@link Long#MAX_VALUE}: none
     * @param next first instant of event time at which an alert stands otherwise, epoch milliseconds;
     *     {@link Long#MAX_VALUE}: never
     */
    record Result(List<Told> told, List<Step> steps, long recheck, long next) {}

    /**
     * Compares what was told with the ledger.
     *
     * @param actions what people did about it, in order
     */
    static Result of(List<Told> before, List<Alert> ledger, List<Action> actions, Delivery delivery) {
        Telling telling = new Telling(
                delivery, Standing.lay(ledger, actions, delivery.moment().last()));
        before.forEach(old -> telling.told.put(old.alert().alertId(), old));
        List<Told> lost = telling.withoutGround(ledger);
        ledger.forEach(alert -> telling.lay(alert, lost));
        lost.forEach(telling::retract);
        telling.forget();
        return new Result(
                List.copyOf(telling.told.values()), List.copyOf(telling.steps), telling.recheck, telling.next);
    }

    private List<Told> withoutGround(List<Alert> ledger) {
        Set<String> grounds = ledger.stream().map(Alert::alertId).collect(Collectors.toSet());
        long now = delivery.moment().now();
        return told.values().stream()
                .filter(old -> old.elsewhere() ? old.forgetAt() > now : old.state() != AlertState.RETRACTED)
                .filter(old -> !grounds.contains(old.alert().alertId()))
                // Of what was told elsewhere the last word counts.
                .sorted(Comparator.comparing(Told::forgetAt).reversed())
                .toList();
    }

    private void lay(Alert alert, List<Told> lost) {
        Standing.Laid at = Objects.requireNonNull(laid.get(alert.alertId()));
        next = Math.min(next, at.next());
        Told old = told.get(alert.alertId());
        if (old != null && old.state() != AlertState.RETRACTED) {
            follow(old, alert, at.standing());
            return;
        }
        Told predecessor =
                lost.stream().filter(gone -> goesOn(gone, alert)).findFirst().orElse(null);
        if (predecessor != null || mayTell(alert)) {
            open(alert, at.standing(), predecessor);
            // Keys may have given way to each other in turn, each of them telling of the same ground.
            lost.stream()
                    .filter(gone -> gone.elsewhere() && goesOn(gone, alert))
                    .forEach(gone -> replaced.add(gone.alert().alertId()));
        } else {
            recheck = Math.min(recheck, lookAgain(alert));
        }
    }

    /** Whether a ground that is gone goes on in an alert. What nobody was told of, for it was over by then, is news there. */
    private boolean goesOn(Told gone, Alert alert) {
        return gone.known() != AlertState.UNKNOWN
                && !replaced.contains(gone.alert().alertId())
                && Continuation.goesOn(gone.alert(), alert);
    }

    private void follow(Told old, Alert alert, Standing standing) {
        if (old.alert().equals(alert) && old.standing().equals(standing)) {
            return;
        }
        Path path = new Path(old.known(), alert, standing, ids(old.standing()));
        if (old.known() != AlertState.UNKNOWN) {
            if (alert.severity().compareTo(old.alert().severity()) > 0 && AlertPath.isLive(standing.state())) {
                path.escalate();
            }
            path.act();
            path.arrive();
        } else if (AlertPath.isLive(standing.state())) {
            path.open();
        }
        Told now = new Told(
                alert,
                standing.state(),
                standing,
                path.at,
                old.backdated(),
                old.held(),
                old.replaces(),
                false,
                Long.MAX_VALUE);
        tell(now, path.events);
    }

    private void open(Alert alert, Standing standing, @Nullable Told predecessor) {
        boolean fresh = isFresh(alert);
        Told old = told.get(alert.alertId());
        Set<String> actedBefore = old == null ? Set.of() : ids(old.standing());
        if (predecessor != null) {
            replaced.add(predecessor.alert().alertId());
            actedBefore = ids(predecessor.standing());
        }
        Path path = new Path(AlertState.UNKNOWN, alert, standing, actedBefore);
        // What has ended before anybody was told needs no notice.
        if (AlertPath.isLive(standing.state())) {
            path.open();
        }
        Told now = new Told(
                alert,
                standing.state(),
                standing,
                path.at,
                !fresh,
                !fresh || delivery.moment().isBatch(),
                predecessor == null ? null : predecessor.alert().alertId(),
                false,
                Long.MAX_VALUE);
        tell(now, path.events);
    }

    private void retract(Told old) {
        if (old.elsewhere()) {
            return;
        }
        boolean goesOn = replaced.contains(old.alert().alertId());
        long now = delivery.moment().now();
        Told gone = new Told(
                old.alert(),
                AlertState.RETRACTED,
                old.standing(),
                old.known() == AlertState.UNKNOWN ? AlertState.UNKNOWN : AlertState.RETRACTED,
                old.backdated(),
                old.held(),
                old.replaces(),
                false,
                now + delivery.retractedFor().toMillis());
        Event event = new Event(
                AlertTransition.RETRACTED, now, goesOn ? REPLACED : delivery.lost(), null, AlertState.RETRACTED);
        tell(gone, old.known() == AlertState.UNKNOWN ? List.of() : List.of(event));
    }

    private void forget() {
        for (Told old : List.copyOf(told.values())) {
            boolean over = delivery.retractedFor().isZero() && old.state() == AlertState.RETRACTED;
            boolean taken = old.elsewhere() && replaced.contains(old.alert().alertId());
            if (over || taken || old.forgetAt() <= delivery.moment().now()) {
                told.remove(old.alert().alertId());
                if (!old.elsewhere()) {
                    steps.add(new Step(old, List.of(), true));
                }
            } else {
                recheck = Math.min(recheck, old.forgetAt());
            }
        }
    }

    private void tell(Told now, List<Event> events) {
        told.put(now.alert().alertId(), now);
        steps.add(new Step(now, List.copyOf(events), false));
    }

    private boolean mayTell(Alert alert) {
        Moment moment = delivery.moment();
        if (delivery.mayHaveBeenTold(alert)) {
            return false;
        }
        // What is still to come may end a ground, above all one that something is missing.
        boolean allIsHere = moment.caughtUp() && !delivery.loading().test(alert.clinicId());
        if (allIsHere && moment.now() >= delivery.settledAt()) {
            return true;
        }
        return !moment.isBatch() && isFresh(alert) && (allIsHere || Standing.isSuicidality(alert));
    }

    /** When a ground that is held is looked at again. */
    private long lookAgain(Alert alert) {
        if (delivery.mayHaveBeenTold(alert)) {
            return delivery.handedOn();
        }
        if (delivery.loading().test(alert.clinicId())) {
            return WHEN_LOADED;
        }
        return isFresh(alert) ? 0 : delivery.settledAt();
    }

    private boolean isFresh(Alert alert) {
        long fresh = delivery.rules()
                .find(alert.rule())
                .map(rule -> rule.fresh().toMillis())
                .orElse(0L);
        return alert.openedAt() >= delivery.moment().reach() - fresh;
    }

    private static Set<String> ids(Standing standing) {
        return standing.taken().stream().map(taken -> taken.action().actionId()).collect(Collectors.toSet());
    }

    /** The way of one alert from where its events led so far to where it stands. */
    private static final class Path {
        private final Alert alert;
        private final Standing standing;
        private final Set<String> known;
        private final List<Event> events = new ArrayList<>();
        private AlertState at;

        Path(AlertState at, Alert alert, Standing standing, Set<String> known) {
            this.at = at;
            this.alert = alert;
            this.standing = standing;
            this.known = known;
        }

        void open() {
            add(AlertTransition.OPENED, alert.openedAt(), null, null);
            act();
            arrive();
        }

        void escalate() {
            if (AlertPath.isLive(at)) {
                add(AlertTransition.ESCALATED, alert.openedAt(), null, null);
            }
        }

        /** The actions nobody was told of yet. One that comes after others were told, but lies before them, only shows. */
        void act() {
            List<Standing.Taken> taken = standing.taken();
            int lastKnown = -1;
            for (int i = 0; i < taken.size(); i++) {
                lastKnown = known.contains(taken.get(i).action().actionId()) ? i : lastKnown;
            }
            for (int i = 0; i < taken.size(); i++) {
                Standing.Taken it = taken.get(i);
                if (!known.contains(it.action().actionId())) {
                    act(it, i < lastKnown);
                }
            }
        }

        private void act(Standing.Taken it, boolean superseded) {
            boolean only = switch (it.transition()) {
                case ASSIGNED, NOTED, REFUSED -> true;
                default -> false;
            };
            if (only || (!superseded && AlertPath.next(at, it.transition()).isPresent())) {
                add(it.transition(), it.action().at(), it.reason(), it.action());
            } else {
                add(AlertTransition.NOTED, it.action().at(), SUPERSEDED, it.action());
            }
        }

        /** What is left to where it stands: time has passed, the ground has ended or goes on, or what was told is corrected. */
        void arrive() {
            if (at == standing.state()) {
                return;
            }
            if (standing.state() == AlertState.OPEN) {
                reopen();
                return;
            }
            AlertTransition last = transition(standing.state());
            if (AlertPath.next(at, last).isEmpty()) {
                reopen();
            }
            if (last == AlertTransition.RESOLVED) {
                Long resolvedAt = standing.resolvedAt();
                boolean byData = standing.resolvedBy() == ResolvedBy.DATA;
                Standing.Taken by = byData ? null : standing.lastThat(last);
                add(
                        last,
                        resolvedAt == null ? alert.openedAt() : resolvedAt,
                        byData ? reason() : null,
                        by == null ? null : by.action());
            } else {
                Standing.Taken by = Objects.requireNonNull(standing.lastThat(last));
                add(last, by.action().at(), "STILL", by.action());
            }
        }

        private String reason() {
            String reason = alert.endReason();
            return reason == null ? Standing.LOWER_AND_ACKNOWLEDGED : reason;
        }

        private void reopen() {
            Standing.Taken snooze = standing.lastThat(AlertTransition.SNOOZED);
            Long until = snooze == null ? null : snooze.action().until();
            if (at == AlertState.SNOOZED) {
                add(AlertTransition.UNSNOOZED, until == null ? alert.openedAt() : until, null, null);
            } else {
                add(AlertTransition.REOPENED, alert.openedAt(), null, null);
            }
        }

        private static AlertTransition transition(AlertState to) {
            return switch (to) {
                case ACKNOWLEDGED -> AlertTransition.ACKNOWLEDGED;
                case SNOOZED -> AlertTransition.SNOOZED;
                default -> AlertTransition.RESOLVED;
            };
        }

        private void add(AlertTransition transition, long when, @Nullable String reason, @Nullable Action action) {
            at = AlertPath.next(at, transition)
                    .orElseThrow(() -> new IllegalStateException(transition + " cannot follow in this state"));
            events.add(new Event(transition, when, reason, action, at));
        }
    }
}
