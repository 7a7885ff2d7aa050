package care.outcomes.streams.notify;

import care.outcomes.schemas.record.Delivery;
import care.outcomes.schemas.record.DeliveryStatus;
import care.outcomes.schemas.record.NotificationRow;
import care.outcomes.schemas.record.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What was told to whom: the latest row of every notice on {@code outcome.notified.v1}. It outlasts application ids and
 * processes, so what is in it is not told again. Not for several threads.
 */
public final class Memory {
    private final Map<String, Map<String, NotificationRow>> byAlert = new HashMap<>();
    /** Alerts that took the place of others, by the first of their chain. */
    private final Map<String, Set<String>> successors = new HashMap<>();

    /** Takes a row as it stands on the topic; null: it was erased. */
    public void put(String key, @Nullable NotificationRow row) {
        if (row != null) {
            byAlert.computeIfAbsent(row.getAlertId(), id -> new TreeMap<>()).put(key, row);
            if (!row.getOrigin().equals(row.getAlertId())) {
                successors
                        .computeIfAbsent(row.getOrigin(), id -> new HashSet<>())
                        .add(row.getAlertId());
            }
        } else {
            byAlert.values().removeIf(rows -> rows.remove(key) != null && rows.isEmpty());
        }
    }

    /** Forgets everything, to be read anew. */
    public void clear() {
        byAlert.clear();
        successors.clear();
    }

    /** Calls back with every delivery of every notice. */
    public void forEach(Each each) {
        byAlert.values()
                .forEach(rows -> rows.values()
                        .forEach(row -> row.getDeliveries().forEach(delivery -> each.accept(row, delivery))));
    }

    /** What is done with a delivery. */
    @FunctionalInterface
    public interface Each {
        void accept(NotificationRow row, Delivery delivery);
    }

    /** Messages of events on some partitions of which that became. */
    List<Message> messages(DeliveryStatus status, IntPredicate partitions) {
        Map<String, Map<String, List<Notice>>> byChannel = new TreeMap<>();
        forEach((row, delivery) -> {
            if (delivery.getStatus() == status && partitions.test(row.getPartition())) {
                byChannel
                        .computeIfAbsent(delivery.getChannel(), channel -> new TreeMap<>())
                        .computeIfAbsent(delivery.getMessage(), id -> new ArrayList<>())
                        .add(Notice.of(row));
            }
        });
        List<Message> messages = new ArrayList<>();
        byChannel.forEach((channel, byId) ->
                byId.forEach((id, notices) -> messages.add(new Message(channel, id, notices, true))));
        return messages;
    }

    /** When the message was claimed first. */
    Instant claimedAt(Message message) {
        Delivery delivery = delivery(message.notices().get(0), message.channel());
        return delivery == null ? Instant.MAX : delivery.getClaimedAt();
    }

    Told told(String alertId, String channel) {
        Told told = Told.NOTHING;
        for (NotificationRow row : byAlert.getOrDefault(alertId, Map.of()).values()) {
            for (Delivery delivery : row.getDeliveries()) {
                if (delivery.getChannel().equals(channel)) {
                    told = told.with(row, delivery);
                }
            }
        }
        return told;
    }

    /** The highest severity that a channel knows of a ground, whatever the alerts were in which it went on. */
    Severity toldOfChain(String origin, String channel, Severity known) {
        Severity highest = known;
        for (String alertId : successors.getOrDefault(origin, Set.of())) {
            Told told = told(alertId, channel);
            highest = told.stands() && told.severity().compareTo(highest) > 0 ? told.severity() : highest;
        }
        return highest;
    }

    /** First alert of a chain of replacements. */
    String origin(String alertId, @Nullable String replaces) {
        for (String known : replaces == null ? List.of(alertId) : List.of(alertId, replaces)) {
            Map<String, NotificationRow> rows = byAlert.get(known);
            if (rows != null) {
                return rows.values().iterator().next().getOrigin();
            }
        }
        return replaces == null ? alertId : replaces;
    }

    /** When the ground of an alert arose, as it was told; else what is given. */
    Instant since(String alertId, Instant otherwise) {
        return byAlert.getOrDefault(alertId, Map.of()).values().stream()
                .map(NotificationRow::getSince)
                .min(Comparator.naturalOrder())
                .orElse(otherwise);
    }

    /** Notes that a message is about to be sent; gives the rows to be written. */
    List<NotificationRow> claim(Message message, Instant now) {
        return note(message, DeliveryStatus.CLAIMED, now, null, 0, null);
    }

    /** Notes how a message ended; gives the rows to be written. */
    List<NotificationRow> end(
            Message message, DeliveryStatus status, Instant now, int attempts, @Nullable String reason) {
        return note(message, status, now, now, attempts, reason);
    }

    /**
     * Notes how a notice ended that was part of no message.
     *
     * @param severity severity that the channel knows of
     */
    NotificationRow end(Notice notice, String channel, DeliveryStatus status, Severity severity, Instant now) {
        return note(notice, channel, "", status, severity, now, now, 0, null);
    }

    private List<NotificationRow> note(
            Message message,
            DeliveryStatus status,
            Instant now,
            @Nullable Instant ended,
            int attempts,
            @Nullable String reason) {
        List<NotificationRow> rows = new ArrayList<>();
        for (Notice notice : message.notices()) {
            rows.add(note(
                    notice, message.channel(), message.id(), status, notice.severity(), now, ended, attempts, reason));
        }
        return rows;
    }

    private NotificationRow note(
            Notice notice,
            String channel,
            String message,
            DeliveryStatus status,
            Severity severity,
            Instant now,
            @Nullable Instant ended,
            int attempts,
            @Nullable String reason) {
        Delivery before = delivery(notice, channel);
        Delivery delivery = new Delivery();
        delivery.setChannel(channel);
        delivery.setStatus(status);
        delivery.setSeverity(severity);
        delivery.setMessage(message);
        // What was given up and is tried again has all its time anew.
        delivery.setClaimedAt(
                before == null || before.getStatus() == DeliveryStatus.DEAD_LETTERED ? now : before.getClaimedAt());
        delivery.setEndedAt(ended);
        delivery.setAttempts(attempts);
        delivery.setReason(reason);
        NotificationRow known = row(notice);
        List<Delivery> deliveries = new ArrayList<>();
        if (known != null) {
            known.getDeliveries().stream()
                    .filter(other -> !other.getChannel().equals(channel))
                    .forEach(deliveries::add);
        }
        deliveries.add(delivery);
        NotificationRow row = notice.row(deliveries);
        put(notice.key(), row);
        return row;
    }

    private @Nullable Delivery delivery(Notice notice, String channel) {
        NotificationRow row = row(notice);
        return row == null
                ? null
                : row.getDeliveries().stream()
                        .filter(delivery -> delivery.getChannel().equals(channel))
                        .findFirst()
                        .orElse(null);
    }

    private @Nullable NotificationRow row(Notice notice) {
        return byAlert.getOrDefault(notice.alertId(), Map.of()).get(notice.key());
    }
}
