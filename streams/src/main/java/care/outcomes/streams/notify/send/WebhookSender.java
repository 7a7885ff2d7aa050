package care.outcomes.streams.notify.send;

import care.outcomes.streams.notify.Channel;
import care.outcomes.streams.notify.DeliveryPlan;
import care.outcomes.streams.notify.Message;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.util.UUID;

/** Posts signed JSON. */
final class WebhookSender implements Sender {
    private final Channel.Webhook channel;
    private final WebhookBody body;
    private final Clock clock;
    private final HttpCall http;

    WebhookSender(Channel.Webhook channel, DeliveryPlan plan, Clock clock) {
        this.channel = channel;
        this.body = new WebhookBody(plan, channel.pseudonym());
        this.clock = clock;
        this.http = new HttpCall(channel.timeout());
    }

    @Override
    public Outcome send(Message message) {
        return post(message.id(), body.of(message));
    }

    @Override
    public Outcome test() {
        return post("test·" + UUID.randomUUID(), body.test());
    }

    private Outcome post(String key, byte[] json) {
        long timestamp = clock.instant().getEpochSecond();
        return http.send(HttpRequest.newBuilder(URI.create(channel.url()))
                .timeout(channel.timeout())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", HeaderText.of(key))
                .header("Outcomes-Timestamp", Long.toString(timestamp))
                .header("Outcomes-Signature", Signature.of(channel.secret(), timestamp, json))
                .POST(BodyPublishers.ofByteArray(json))
                .build());
    }
}
