package care.outcomes.streams.notify.send;

import care.outcomes.schemas.GeneratedRecords;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.NotificationRow;
import care.outcomes.schemas.record.Severity;
import care.outcomes.streams.notify.Channel;
import care.outcomes.streams.notify.DeliveryPlan;
import care.outcomes.streams.notify.Message;
import care.outcomes.streams.notify.Notice;
import care.outcomes.streams.notify.Retry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Messages and a plan to send them by. */
final class Messages {
    static {
        GeneratedRecords.trust();
    }

    static final Instant AT = Instant.parse("2026-03-10T13:05:00Z");
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-10T14:00:00Z"), ZoneOffset.UTC);

    private Messages() {}

    static DeliveryPlan plan(Channel channel) {
        return new DeliveryPlan(
                "https://outcomes.example.org/alerts/{alertId}",
                ZoneId.of("Europe/Berlin"),
                Map.of(),
                Duration.ZERO,
                Retry.USUAL,
                Map.of(channel.name(), channel),
                List.of(),
                List.of());
    }

    static Message message(String channel, boolean again, Notice... notices) {
        List<Notice> all = List.of(notices);
        return new Message(channel, all.get(0).key(), all, again);
    }

    static NotificationRow row(String alertId, String rule, AlertTransition transition, Severity severity) {
        NotificationRow row = new NotificationRow();
        row.setAlertId(alertId);
        row.setNetworkId("net");
        row.setRule(rule);
        row.setRuleVersion("1");
        row.setTransition(transition);
        row.setRound(1);
        row.setSeverity(severity);
        row.setSubject("secret-pseudonym");
        row.setPatientKey("secret-pseudonym");
        row.setClinicId("C1");
        row.setAt(AT);
        row.setSince(AT);
        row.setOrigin(alertId);
        row.setPublishedAt(AT);
        return row;
    }
}
