package care.outcomes.streams.notify;

import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.DeliveryStatus;
import care.outcomes.schemas.record.NotificationRow;
import care.outcomes.schemas.record.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a channel is still to be told: where an alert stands, compared with what the channel was told of it. */
final class Untold {
    /** How long after its publication an alert on suicidality is told though it has ended: the rule's own 14 days. */
    private static final Duration TELL_ENDED = Duration.ofDays(14);

    /** How long the alert of a patient whose facts have moved to another key may take to go on there. */
    private static final Duration HANDOVER = Duration.ofMinutes(10);

    private final DeliveryPlan plan;
    private final Memory memory;
    private final CurrentRows rows;
    private final Function<String, @Nullable Standing> unsettled;

    /**
     * What follows from these.
     *
     * @param unsettled where an alert stands of which it is not settled yet what to tell; null of any other
     */
    Untold(DeliveryPlan plan, Memory memory, CurrentRows rows, Function<String, @Nullable Standing> unsettled) {
        this.plan = plan;
        this.memory = memory;
        this.rows = rows;
        this.unsettled = unsettled;
    }

    /**
     * Compares.
     *
     * @param settled takes rows of the delivery memory that need no sending
     */
    Wanted by(Standing standing, Channel channel, Instant now, List<NotificationRow> settled) {
        String alertId = standing.latest().getAlertId();
        Told told = memory.told(alertId, channel.name());
        AlertEvent end = standing.end();
        if (standing.hasGivenWay() || (standing.hasMoved() && rows.isReplaced(alertId))) {
            return gaveWay(standing, told, channel, now, settled);
        }
        if (end != null && standing.hasMoved() && now.isBefore(handedOver(end))) {
            return Wanted.notBefore(handedOver(end));
        }
        if (end != null && !lateButTold(standing, told, now)) {
            return over(standing, told, channel, end);
        }
        return stands(standing, told, channel, now, settled);
    }

    private Wanted stands(Standing standing, Told told, Channel channel, Instant now, List<NotificationRow> settled) {
        boolean again = told.opened() && told.ended();
        int round = again ? told.round() + 1 : Math.max(1, told.round());
        List<Notice> notices = new ArrayList<>();
        Severity known = again ? Severity.UNKNOWN : told.severity();
        AlertEvent opening = standing.opening();
        if (opening != null && told.opened() && !again) {
            // It comes back from the alert that had taken its place, which may have been told to be graver.
            known = memory.toldOfChain(told.origin(), channel.name(), known);
        } else if (opening != null) {
            Told predecessor = predecessor(opening, channel);
            if (predecessor.stands()) {
                // Nobody is told twice of one ground, unless it is graver than was told.
                known = inherit(standing, opening, predecessor, round, channel, now, settled);
            } else if (opening.getReplaces() != null && !waited(opening.getReplaces(), predecessor, told)) {
                // Whoever reads the events of the alert before may be about to pass it on.
                return now.isBefore(handedOver(opening))
                        ? Wanted.notBefore(handedOver(opening))
                        : Wanted.none(Outbox.Disposition.REPLACES);
            } else {
                notices.add(notice(standing, opening, AlertTransition.OPENED, round));
                known = opening.getSeverity();
            }
        }
        for (AlertEvent event : new AlertEvent[] {opening, standing.escalation()}) {
            if (event != null && event.getSeverity().compareTo(known) > 0) {
                notices.add(notice(standing, event, AlertTransition.ESCALATED, round));
                known = event.getSeverity();
            }
        }
        AlertEvent end = standing.end();
        if (end != null && !notices.isEmpty()) {
            notices.add(notice(standing, end, end.getTransition(), round));
        }
        if (notices.isEmpty()) {
            return Wanted.none(standing.replaces() == null ? Outbox.Disposition.REPEATED : Outbox.Disposition.REPLACES);
        }
        notices.removeIf(notice -> !routed(notice, channel));
        if (notices.isEmpty()) {
            return Wanted.none(Outbox.Disposition.UNROUTED);
        }
        notices.removeIf(notice -> !channel.mirrors() && !notice.suicidality() && standing.silent(notice.severity()));
        return notices.isEmpty() ? Wanted.none(Outbox.Disposition.SNOOZED) : Wanted.of(notices, round > 1);
    }

    private Wanted over(Standing standing, Told told, Channel channel, AlertEvent end) {
        if (!told.opened()) {
            return Wanted.none(Outbox.Disposition.ENDED);
        }
        if (told.ended()) {
            return Wanted.none(Outbox.Disposition.REPEATED);
        }
        Notice notice = notice(standing, end, end.getTransition(), told.round());
        boolean taken = end.getTransition() == AlertTransition.RETRACTED || routed(notice, channel);
        return told.delivered() && taken
                ? Wanted.of(List.of(notice), told.round() > 1)
                : Wanted.none(Outbox.Disposition.UNROUTED);
    }

    /** Whether somebody must hear of it though it is over: an answer to a suicide item does not lapse unseen. */
    private static boolean lateButTold(Standing standing, Told told, Instant now) {
        AlertEvent opening = standing.opening();
        AlertEvent end = standing.end();
        return opening != null
                && end != null
                && opening.getRule().equals(DeliveryPlan.SUICIDALITY)
                && end.getTransition() == AlertTransition.RESOLVED
                && !told.opened()
                && Notice.published(opening).plus(TELL_ENDED).isAfter(now);
    }

    /** The alert that takes its place is told where this one was not; the memory says so to whoever reads of it later. */
    private Wanted gaveWay(Standing standing, Told told, Channel channel, Instant now, List<NotificationRow> settled) {
        AlertEvent opening = standing.opening();
        if (told.opened() || told.passedOn() || opening == null) {
            return Wanted.none(Outbox.Disposition.REPLACES);
        }
        Told predecessor = predecessor(opening, channel);
        if (predecessor.stands()) {
            inherit(standing, opening, predecessor, 1, channel, now, settled);
        } else {
            Notice notice = notice(standing, opening, AlertTransition.OPENED, 1);
            settled.add(memory.end(notice, channel.name(), DeliveryStatus.PASSED_ON, Severity.UNKNOWN, now));
        }
        return Wanted.none(Outbox.Disposition.REPLACES);
    }

    /** The alert takes over what was told of the one it replaces; gives the severity that is known to those told. */
    private Severity inherit(
            Standing standing,
            AlertEvent opening,
            Told predecessor,
            int round,
            Channel channel,
            Instant now,
            List<NotificationRow> settled) {
        Severity known = predecessor.severity().compareTo(opening.getSeverity()) < 0
                ? predecessor.severity()
                : opening.getSeverity();
        Notice notice = notice(standing, opening, AlertTransition.OPENED, round);
        settled.add(memory.end(notice, channel.name(), DeliveryStatus.INHERITED, known, now));
        return known;
    }

    /** What was told of the alert before; of one that itself took a place and is not settled yet, what it takes over. */
    private Told predecessor(AlertEvent opening, Channel channel) {
        Set<String> seen = new HashSet<>();
        String before = opening.getReplaces();
        while (before != null && seen.add(before)) {
            Told told = memory.told(before, channel.name());
            Standing standing = unsettled.apply(before);
            if (told.round() > 0 || told.passedOn() || standing == null) {
                return told;
            }
            before = standing.replaces();
        }
        return Told.NOTHING;
    }

    /** Whether the alert before was still to be told, or could not be, so that this one is told in its place. */
    private boolean waited(String before, Told predecessor, Told told) {
        return told.round() > 0 || predecessor.passedOn() || predecessor.opened() || unsettled.apply(before) != null;
    }

    private boolean routed(Notice notice, Channel channel) {
        Set<String> clinics = new HashSet<>(List.of(notice.clinicId()));
        clinics.addAll(rows.clinics(notice.alertId()));
        return plan.routes(channel, notice.transition(), clinics, notice.severity(), notice.rule());
    }

    /** When an alert that moves, or takes the place of another, is known to those who read the events of the other. */
    private static Instant handedOver(AlertEvent event) {
        return Notice.published(event).plus(HANDOVER);
    }

    private Notice notice(Standing standing, AlertEvent event, AlertTransition transition, int round) {
        return new Notice(
                event.getAlertId(),
                event.getNetworkId(),
                event.getRule(),
                event.getRuleVersion(),
                transition,
                round,
                event.getSeverity(),
                event.getSubject(),
                event.getPatientKey(),
                event.getClinicId(),
                event.getAt(),
                since(standing, event),
                event.getReason(),
                event.getBackdated() || rows.held(event.getAlertId()),
                standing.end() != null && transition == AlertTransition.OPENED,
                memory.origin(event.getAlertId(), standing.replaces()),
                standing.partition(),
                Notice.published(event));
    }

    /** When the ground arose, as far as it is known here: an event of its end does not say. */
    private Instant since(Standing standing, AlertEvent event) {
        AlertEvent opening = standing.opening();
        return opening != null ? opening.getAt() : memory.since(event.getAlertId(), event.getAt());
    }
}
