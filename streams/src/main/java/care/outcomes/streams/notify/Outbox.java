package care.outcomes.streams.notify;

import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.DeliveryStatus;
import care.outcomes.schemas.record.NotificationRow;
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

    /** Why it was taken back where its patient's facts count under another key: what goes on there is told there. */
    static final String MOVED = "MOVED";

    private static final int MOST_NOTICES = 200;

    private static final Set<AlertTransition> NEWS = Set.of(
            AlertTransition.OPENED, AlertTransition.ESCALATED, AlertTransition.RESOLVED, AlertTransition.RETRACTED);

    private final DeliveryPlan plan;
    private final Memory memory;
    private final Untold untold;
    private final Occasion occasion;
    private final Map<String, Standing> standings = new LinkedHashMap<>();
    private final CurrentRows rows = new CurrentRows();
    private final Set<String> busy = new HashSet<>();
    private final Map<Disposition, Long> dropped = new TreeMap<>();
    private Map<String, Long> held = Map.of();

    /** An empty one. */
    public Outbox(DeliveryPlan plan, Memory memory) {
        this.plan = plan;
        this.memory = memory;
        this.untold = new Untold(plan, memory, rows, standings::get);
        this.occasion = new Occasion(plan);
    }

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
        rows.put(alertId, row);
        if (row == null) {
            standings.remove(alertId);
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
        return memory.messages(DeliveryStatus.CLAIMED, partitions);
    }

    /**
     * Takes up messages that were given up, as far as any of their alerts still stands. They keep their keys and their
     * words.
     *
     * @param channels channels that there are
     * @return messages to be sent, and rows of the delivery memory to be written before
     */
    public Due redrive(IntPredicate partitions, Set<String> channels, Instant now) {
        List<Message> messages = memory.messages(DeliveryStatus.DEAD_LETTERED, partitions).stream()
                .filter(message -> channels.contains(message.channel()))
                .filter(message -> message.notices().stream().anyMatch(notice -> rows.stands(notice.alertId())))
                .toList();
        List<NotificationRow> claims = new ArrayList<>();
        for (Message message : messages) {
            resume(message);
            claims.addAll(memory.claim(message, now));
        }
        return new Due(messages, claims, Instant.MAX);
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
                Wanted wanted = untold.by(standing, channel, now, settled);
                why = why == null || why == Disposition.UNROUTED ? wanted.why() : why;
                if (wanted.notices().isEmpty()) {
                    pending |= wanted.lookAgain().isBefore(Instant.MAX);
                    nextLook = earlier(nextLook, wanted.lookAgain());
                    continue;
                }
                told = true;
                Instant from = occasion.from(wanted, standing, channel, now);
                if (from.isAfter(now)) {
                    pending = true;
                    nextLook = earlier(nextLook, from);
                    waiting.merge(channel.name(), (long) wanted.notices().size(), Long::sum);
                } else {
                    groups.computeIfAbsent(channel.name(), name -> new LinkedHashMap<>())
                            .computeIfAbsent(occasion.group(wanted, channel), group -> new ArrayList<>())
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

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static String busy(String alertId, String channel) {
        return channel + "\n" + alertId;
    }
}
