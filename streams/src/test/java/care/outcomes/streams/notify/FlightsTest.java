package care.outcomes.streams.notify;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.NotificationRow;
import care.outcomes.schemas.record.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlightsTest {
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final Retry RETRY = new Retry(Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofMinutes(1));

    private final Flights flights = new Flights(RETRY);

    private static Message message(String id, String rule) {
        NotificationRow row = new NotificationRow();
        row.setAlertId(id);
        row.setNetworkId("net");
        row.setRule(rule);
        row.setRuleVersion("1");
        row.setTransition(AlertTransition.OPENED);
        row.setRound(1);
        row.setSeverity(Severity.REVIEW);
        row.setSubject("p");
        row.setClinicId("C1");
        row.setAt(NOW);
        row.setSince(NOW);
        row.setOrigin(id);
        row.setPublishedAt(NOW);
        return Message.of("hook", List.of(Notice.of(row)));
    }

    @Test
    void pausesDoubleUpToTheLongestAndJitterTakesUpToHalf() {
        assertThat(List.of(1, 2, 3, 4, 5, 60))
                .extracting(failures -> RETRY.pause(failures, 0).toMillis())
                .containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 8_000L, 8_000L);
        assertThat(RETRY.pause(1, 0.999).toMillis()).isBetween(500L, 502L);
    }

    @Test
    void aFailingChannelPausesAsAWholeButNewSuicidalityKnocksOnce() {
        Message first = message("a", "x");
        flights.add(first, NOW);
        flights.add(message("b", "x"), NOW);
        assertThat(flights.next("hook", NOW, 20)).hasSize(2);
        assertThat(flights.failed(first, NOW, 0)).isFalse();
        assertThat(flights.next("hook", NOW, 20)).isEmpty();
        assertThat(flights.nextAttempt()).isEqualTo(NOW.plusSeconds(1));
        Message urgent = message("s", DeliveryPlan.SUICIDALITY);
        flights.add(urgent, NOW);
        assertThat(flights.next("hook", NOW, 20)).containsExactly(urgent);
        assertThat(flights.failed(urgent, NOW, 0)).isFalse();
        assertThat(flights.next("hook", NOW, 20)).isEmpty();
        assertThat(flights.retrying()).containsEntry("hook", 2L);
        // Suicidality goes first when the channel opens again.
        assertThat(flights.next("hook", NOW.plusSeconds(2), 20).get(0)).isEqualTo(urgent);
        flights.arrived(urgent);
        assertThat(flights.next("hook", NOW.plusSeconds(2), 20)).hasSize(2);
    }

    @Test
    void aMessageIsGivenUpInTheEnd() {
        Message message = message("a", "x");
        flights.add(message, NOW);
        assertThat(flights.failed(message, NOW.plusSeconds(59), 0)).isFalse();
        assertThat(flights.failed(message, NOW.plusSeconds(60), 0)).isTrue();
        assertThat(flights.isEmpty()).isTrue();
    }
}
