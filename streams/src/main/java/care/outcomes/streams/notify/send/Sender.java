package care.outcomes.streams.notify.send;

import care.outcomes.streams.notify.Channel;
import care.outcomes.streams.notify.DeliveryPlan;
import care.outcomes.streams.notify.Message;
import java.time.Clock;

/** Sends messages on one channel. Sending one again sends the same, under the same idempotency key. */
public interface Sender {

    /** Makes one attempt, which takes no longer than the channel's timeouts. */
    Outcome send(Message message);

    /** Sends something that says it is a test, or asks whether the receiver is there where that is not possible. */
    Outcome test();

    /** The sender for a channel. */
    static Sender of(Channel channel, DeliveryPlan plan, Clock clock) {
        if (channel instanceof Channel.Webhook webhook) {
            return new WebhookSender(webhook, plan, clock);
        }
        if (channel instanceof Channel.Mail mail) {
            return new MailSender(mail, plan, clock);
        }
        if (channel instanceof Channel.Fhir fhir) {
            return new FhirSender(fhir, plan);
        }
        throw new IllegalArgumentException("no sender for " + channel.name());
    }
}
