package care.outcomes.streams.notify;

import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.DeliveryStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A notifier without Kafka and network: what it sends arrives at once. */
public final class Desk {
    final Memory memory;
    final Outbox outbox;
    private long offset;

    public Desk(DeliveryPlan plan) {
        this(plan, new Memory());
    }

    Desk(DeliveryPlan plan, Memory memory) {
        this.memory = memory;
        this.outbox = new Outbox(plan, memory);
    }

    Desk take(AlertEvent.Builder event) {
        return take(event.build());
    }

    public Desk take(AlertEvent event) {
        outbox.accept(event, 0, offset++, event.getPublishedAt());
        return this;
    }

    public Desk take(String alertId, @Nullable AlertRow row) {
        outbox.accept(alertId, row);
        return this;
    }

    List<Message> claim(Instant now) {
        return outbox.due(now).messages();
    }

    List<Message> send(Instant now) {
        List<Message> sent = new ArrayList<>();
        List<Message> due = claim(now);
        while (!due.isEmpty()) {
            for (Message message : due) {
                outbox.ended(message, DeliveryStatus.SENT, now, 1, null);
                sent.add(message);
            }
            due = claim(now);
        }
        return sent;
    }

    public List<String> keys(Instant now) {
        return send(now).stream()
                .flatMap(message -> message.notices().stream())
                .map(Notice::key)
                .toList();
    }
}
