package care.outcomes.deploy.notify;

import care.outcomes.streams.notify.Health;
import care.outcomes.streams.notify.Outbox;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** What has become of notices, for people and programs. Holds counts and channel names only. */
public final class HealthReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private HealthReport() {}

    /** One line of all channels, and one for each channel that has trouble. */
    public static String text(Health health) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "notices: %d sent, %d held, %d retrying, %d dead-lettered, %d suppressed, %d told before",
                sum(health, Health.OfChannel::sent),
                sum(health, Health.OfChannel::held),
                health.retrying(),
                sum(health, Health.OfChannel::deadLettered),
                health.suppressed(),
                health.notTold().getOrDefault(Outbox.Disposition.REPEATED, 0L)));
        health.channels().forEach((name, of) -> {
            if (of.retrying() + of.deadLettered() > 0) {
                text.append(String.format(
                        Locale.ROOT, "%n  %s: %d retrying, %d dead-lettered", name, of.retrying(), of.deadLettered()));
            }
        });
        if (health.unreadable() > 0) {
            text.append(String.format(Locale.ROOT, "%n  %d events could not be read", health.unreadable()));
        }
        return text.toString();
    }

    /** One line of JSON. */
    public static String json(Health health) {
        ObjectNode top = JSON.createObjectNode();
        top.put("sent", sum(health, Health.OfChannel::sent))
                .put("held", sum(health, Health.OfChannel::held))
                .put("suppressed", health.suppressed())
                .put("deadLettered", sum(health, Health.OfChannel::deadLettered))
                .put("retrying", health.retrying())
                .put("underway", health.underway())
                .put("repeated", health.notTold().getOrDefault(Outbox.Disposition.REPEATED, 0L))
                .put("unreadable", health.unreadable());
        ObjectNode why = top.putObject("suppressedBy");
        health.notTold().forEach((reason, count) -> {
            if (reason != Outbox.Disposition.REPEATED) {
                why.put(reason.name(), count);
            }
        });
        ObjectNode channels = top.putObject("channels");
        health.channels()
                .forEach((name, of) -> channels.putObject(name)
                        .put("sent", of.sent())
                        .put("held", of.held())
                        .put("deadLettered", of.deadLettered())
                        .put("retrying", of.retrying())
                        .put("underway", of.underway()));
        try {
            return JSON.writeValueAsString(top);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers is always JSON", e);
        }
    }

    private static long sum(Health health, ToLongFunction<Health.OfChannel> of) {
        return health.channels().values().stream().mapToLong(of).sum();
    }
}
