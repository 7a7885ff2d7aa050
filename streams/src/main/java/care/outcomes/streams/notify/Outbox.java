package care.outcomes.streams.notify;

import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.DeliveryStatus;
import care.outcomes.schemas.record.NotificationRow;
import care.outcomes.schemas.record.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What is still to be told. Where each alert stands, by its events, is compared with what each channel was told, by the
 * delivery memory; the difference goes out, now or when quiet hours, digests and windows allow. So repeated events, a
 * replay, or an alert that is over before its time has come give no message. Has no clock; not for several threads.
 */
public final class Outbox {
    /** Why an alert was taken back whose ground goes on under another id. */
    static final String REPLACED = "REPLACED";

    /** How long an alert that comes back, or goes again, must stand still before that is told: a replay soon undoes it. */
    static final Duration SETTLE = Duration.ofMinutes(10);

    /** How long after its publication an alert on suicidality is told though it has ended: the rule's own 14 days. */
    static final Duration TELL_ENDED = Duration.ofDays(14);

    private static final int MOST_NOTICES = 200;

    private static final Set<AlertTransition> NEWS = Set.of(
            AlertTransition.OPENED, AlertTransition.ESCALATED, AlertTransition.RESOLVED, AlertTransition.RETRACTED);

    private final DeliveryPlan plan;
    private final Memory memory;
    private final Map<String, Standing> standings = new LinkedHashMap<>();
    private final Map<String, Seen> rows = new HashMap<>();
    private final Set<String> busy = new HashSet<>();
    private final Map<Disposition, Long> dropped = new TreeMap<>();
    private Map<String, Long> held = Map.of();

    /** An empty one. */
    public Outbox(DeliveryPlan plan, Memory memory) {
        this.plan = plan;
        this.memory = memory;
    }

    /** What {@code outcome.alert.v1} adds to the events of an alert. */
    private record Seen(List<String> clinics, boolean held) {}

    /**
     * What is to be done now.
     *
     * @param messages to be claimed and sent
     * @param rows of the delivery memory that are settled without sending
     * @param nextLook when to look again though nothing happens; {@link Instant#MAX}: never
     */
    public record Due(List<Message> messages, List<NotificationRow> rows, Instant nextLook) {}

    /** Why a notice was not told. */
    public enum Disposition {
        /** Told before. */
        REPEATED,
        /** Over before it could be told. */
        ENDED,
        /** It goes on for an alert that was told, or nobody told us of. */
        REPLACES,
        /** Somebody has silenced it. */
        SNOOZED,
        /** No route takes it. */
        UNROUTED
    }

    /** Takes an event, each partition's in its order. */
    public void accept(AlertEvent event, int partition, long offset, Instant now) {
        Standing standing = standings.get(event.getAlertId());
        if (standing != null) {
            standing.take(event);
        } else if (NEWS.contains(event.getTransition())) {
            standings.put(event.getAlertId(), new Standing(event, partition, offset, now));
        }
        Standing before = event.getReplaces() == null || event.getTransition() != AlertTransition.OPENED
                ? null
                : standings.get(event.getReplaces());
        if (before != null) {
            before.giveWay();
        }
    }

    /** Takes the current row of an alert; null: it has gone from the topic, and nothing is said of it any more. */
    public void accept(String alertId, @Nullable AlertRow row) {
        if (row == null) {
            rows.remove(alertId);
            standings.remove(alertId);
        } else if (row.getState() == AlertState.RESOLVED || row.getState() == AlertState.RETRACTED) {
            rows.remove(alertId);
        } else if (row.getHeld() || row.getClinics().size() > 1) {
            rows.put(alertId, new Seen(List.copyOf(row.getClinics()), row.getHeld()));
        } else {
            rows.remove(alertId);
        }
    }

    /** Forgets all events, for they will be read again. */
    public void clear() {
        standings.clear();
        busy.clear();
    }

    /** Takes over what was claimed before, which must be finished before anything else is said of the same alerts. */
    public void resume(Message message) {
        message.notices().forEach(notice -> busy.add(busy(notice.alertId(), message.channel())));
    }

    /** Messages that a process before this one claimed and did not finish, of events on some partitions. */
    public List<Message> claimedBefore(IntPredicate partitions) {
        return memory.claimed(partitions);
    }

    /** When a message was claimed first. */
    public Instant claimedAt(Message message) {
        return memory.claimedAt(message);
    }

    /** A claimed message has been sent or given up; gives the rows of the delivery memory to be written. */
    public List<NotificationRow> ended(
            Message message, DeliveryStatus status, Instant now, int attempts, @Nullable String reason) {
        message.notices().forEach(notice -> busy.remove(busy(notice.alertId(), message.channel())));
        return memory.end(message, status, now, attempts, reason);
    }

    /** The offset by partition from which on events must be read again after a crash, where any must. */
    public Map<Integer, Long> neededFrom() {
        Map<Integer, Long> needed = new HashMap<>();
        standings.values().forEach(standing -> needed.merge(standing.partition(), standing.firstOffset(), Math::min));
        return needed;
    }

    /** How many notices wait for their time, by channel. */
    public Map<String, Long> held() {
        return held;
    }

    /** How many notices were not told, and why, since the start. */
    public Map<Disposition, Long> dropped() {
        return dropped;
    }

    /**
     * What is to be done now. What it gives is taken as claimed: the rows of {@link Memory#claim} are to be written before
     * anything is sent. To be asked when all events are read that were there at the start, for only then it is known what
     * stands.
     */
    public Due due(Instant now) {
        Map<String, Long> waiting = new TreeMap<>();
        Map<String, Map<String, List<Notice>>> groups = new LinkedHashMap<>();
        List<NotificationRow> settled = new ArrayList<>();
        Instant nextLook = Instant.MAX;
        for (Iterator<Standing> all = standings.values().iterator(); all.hasNext(); ) {
            Standing standing = all.next();
            boolean pending = false;
            boolean told = false;
            Disposition why = null;
            for (Channel channel : plan.channels().values()) {
                String alertId = standing.latest().getAlertId();
                if (busy.contains(busy(alertId, channel.name()))) {
                    pending = true;
                    continue;
                }
                Wanted wanted = wanted(standing, channel, now, settled);
                why = why == null || why == Disposition.UNROUTED ? wanted.why() : why;
                if (wanted.notices().isEmpty()) {
                    continue;
                }
                told = true;
                Instant from = from(wanted, standing, channel, now);
                if (from.isAfter(now)) {
                    pending = true;
                    nextLook = from.isBefore(nextLook) ? from : nextLook;
                    waiting.merge(channel.name(), (long) wanted.notices().size(), Long::sum);
                } else {
                    groups.computeIfAbsent(channel.name(), name -> new LinkedHashMap<>())
                            .computeIfAbsent(group(wanted, channel), group -> new ArrayList<>())
                            .addAll(wanted.notices());
                }
            }
            if (!pending) {
                if (!told && why != null) {
                    dropped.merge(why, 1L, Long::sum);
                }
                all.remove();
            }
        }
        held = Map.copyOf(waiting);
        List<Message> messages = new ArrayList<>();
        groups.forEach((channel, byGroup) -> byGroup.values().forEach(notices -> {
            List<Notice> sorted = notices.stream().sorted(Notice.ORDER).toList();
            for (int i = 0; i < sorted.size(); i += MOST_NOTICES) {
                messages.add(Message.of(channel, sorted.subList(i, Math.min(sorted.size(), i + MOST_NOTICES))));
            }
        }));
        for (Message message : messages) {
            resume(message);
            settled.addAll(memory.claim(message, now));
        }
        return new Due(messages, List.copyOf(settled), nextLook);
    }

    /**
     * What a channel is still to be told.
     *
     * @param notices notices, in the order of the alert's life
     * @param why why there are none; null where there are
     * @param settles whether it must stand still for a while first
     */
    private record Wanted(List<Notice> notices, @Nullable Disposition why, boolean settles) {
        static Wanted none(Disposition why) {
            return new Wanted(List.of(), why, false);
        }
    }

    private Wanted wanted(Standing standing, Channel channel, Instant now, List<NotificationRow> settled) {
        Told told = memory.told(standing.latest().getAlertId(), channel.name());
        AlertEvent end = standing.end();
        if (standing.hasGivenWay()) {
            return gaveWay(standing, told, channel, now, settled);
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
        if (opening != null && (!told.opened() || again)) {
            Told predecessor = told.round() > 0 || opening.getReplaces() == null
                    ? Told.NOTHING
                    : memory.told(opening.getReplaces(), channel.name());
            if (predecessor.opened() && predecessor.delivered()) {
                // Nobody is told twice of one ground, unless it is graver than was told.
                known = inherit(standing, opening, predecessor, channel, now, settled);
            } else if (opening.getReplaces() != null && !waited(opening.getReplaces(), predecessor, told)) {
                return Wanted.none(Disposition.REPLACES);
            } else {
                notices.add(notice(standing, opening, AlertTransition.OPENED, round));
                known = opening.getSeverity();
            }
        }
        for (AlertEvent event : new AlertEvent[] {standing.opening(), standing.escalation()}) {
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
            return Wanted.none(standing.replaces() == null ? Disposition.REPEATED : Disposition.REPLACES);
        }
        notices.removeIf(notice -> !routed(notice, channel));
        if (notices.isEmpty()) {
            return Wanted.none(Disposition.UNROUTED);
        }
        notices.removeIf(notice -> !channel.mirrors() && !notice.suicidality() && standing.silent(notice.severity()));
        return notices.isEmpty() ? Wanted.none(Disposition.SNOOZED) : new Wanted(List.copyOf(notices), null, round > 1);
    }

    private Wanted over(Standing standing, Told told, Channel channel, AlertEvent end) {
        if (!told.opened()) {
            return Wanted.none(Disposition.ENDED);
        }
        if (told.ended()) {
            return Wanted.none(Disposition.REPEATED);
        }
        Notice notice = notice(standing, end, end.getTransition(), told.round());
        boolean taken = end.getTransition() == AlertTransition.RETRACTED || routed(notice, channel);
        return told.delivered() && taken
                ? new Wanted(List.of(notice), null, told.round() > 1)
                : Wanted.none(Disposition.UNROUTED);
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
        if (!told.opened() && !told.passedOn() && opening != null) {
            Notice notice = notice(standing, opening, AlertTransition.OPENED, 1);
            settled.add(memory.end(notice, channel.name(), DeliveryStatus.PASSED_ON, Severity.UNKNOWN, now));
        }
        return Wanted.none(Disposition.REPLACES);
    }

    /** The alert takes over what was told of the one it replaces; gives the severity that is known to those told. */
    private Severity inherit(
            Standing standing,
            AlertEvent opening,
            Told predecessor,
            Channel channel,
            Instant now,
            List<NotificationRow> settled) {
        Severity known = predecessor.severity().compareTo(opening.getSeverity()) < 0
                ? predecessor.severity()
                : opening.getSeverity();
        Notice notice = notice(standing, opening, AlertTransition.OPENED, 1);
        settled.add(memory.end(notice, channel.name(), DeliveryStatus.INHERITED, known, now));
        return known;
    }

    /** Whether the alert before was still to be told, or could not be, so that this one is told in its place. */
    private boolean waited(String before, Told predecessor, Told told) {
        return told.round() > 0 || predecessor.passedOn() || predecessor.opened() || standings.containsKey(before);
    }

    private boolean routed(Notice notice, Channel channel) {
        Set<String> clinics = new HashSet<>(List.of(notice.clinicId()));
        Seen seen = rows.get(notice.alertId());
        if (seen != null) {
            clinics.addAll(seen.clinics());
        }
        return plan.routes(channel, notice.transition(), clinics, notice.severity(), notice.rule());
    }

    /** From when on it may be told. What is told of one alert goes together, as soon as any of it may. */
    private Instant from(Wanted wanted, Standing standing, Channel channel, Instant now) {
        Instant earliest = Instant.MAX;
        for (Notice notice : wanted.notices()) {
            Instant from = from(notice, standing, channel, now);
            earliest = from.isBefore(earliest) ? from : earliest;
        }
        if (wanted.settles()) {
            Instant settled = Notice.published(standing.latest()).plus(SETTLE);
            return settled.isAfter(earliest) ? settled : earliest;
        }
        return earliest;
    }

    private Instant from(Notice notice, Standing standing, Channel channel, Instant now) {
        if (notice.suicidality()) {
            return Instant.MIN;
        }
        Instant window = channel.mirrors() ? Instant.MIN : standing.arrivedAt().plus(plan.groupWindow());
        Digest digest = channel.digest();
        Instant from = digest == null ? window : digest.after(notice.publishedAt());
        if (from.isAfter(now) || !channel.quietHours()) {
            return from;
        }
        return plan.quietUntil(now, notice.clinicId(), notice.severity()).orElse(from);
    }

    /** What goes out together: of a patient; or of a channel, where it has waited; or of an alert, where it is mirrored. */
    private String group(Wanted wanted, Channel channel) {
        Notice first = wanted.notices().get(0);
        if (channel.mirrors()) {
            return first.alertId();
        }
        boolean gathers = wanted.notices().stream().allMatch(notice -> gathers(notice, channel));
        return gathers ? "" : first.subject();
    }

    private boolean gathers(Notice notice, Channel channel) {
        if (notice.suicidality()) {
            return false;
        }
        boolean wasQuiet = channel.quietHours()
                && plan.quietUntil(notice.publishedAt(), notice.clinicId(), notice.severity())
                        .isPresent();
        return channel.digest() != null || wasQuiet || notice.backdated();
    }

    private Notice notice(Standing standing, AlertEvent event, AlertTransition transition, int round) {
        Seen seen = rows.get(event.getAlertId());
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
                event.getBackdated() || (seen != null && seen.held()),
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

    private static String busy(String alertId, String channel) {
        return channel + "\n" + alertId;
    }
}
