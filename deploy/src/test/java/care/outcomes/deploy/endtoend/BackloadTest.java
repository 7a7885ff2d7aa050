package care.outcomes.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import care.outcomes.deploy.output.SinkReader;
import care.outcomes.schemas.AlertRule;
import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.AlertTransition;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Years of history loaded at once: people hear of what stands today, each once, and of nothing that was over long ago. */
class BackloadTest {
    private static final Duration QUIET = Duration.ofSeconds(5);

    @TempDir
    Path temp = Path.of(".");

    private @Nullable Up running;
    private @Nullable Receiver receiver;

    @AfterEach
    void end() throws InterruptedException {
        if (running != null) {
            running.killAndAwaitChildren();
        }
        if (receiver != null) {
            receiver.close();
        }
    }

    @Test
    void onlyGroundsThatStandAreToldAndThoseFromLongAgoAsBackDated() throws Exception {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Path network = temp.resolve("network");
        Cli.outcomes(
                "simulate", "--out", network.toString(), "--patients", "60", "--seed", "5", "--to", today.toString());
        Path files = network.resolve("clinics");
        Path key = temp.resolve("network.key");
        Run batch = Run.of(
                files, temp.resolve("batch"), key, "--network", "sim", "--zone", "UTC", "--as-of", today.toString());
        Map<String, JsonNode> ledger = byId(batch.rows("alerts.ndjson"));
        Set<String> standing = ids(ledger, alert -> alert.path("state").asText().equals("OPEN"));
        // Most of what happened in two years is over: else there would be nothing to keep silent about.
        assertThat(ledger.size()).isGreaterThan(2 * standing.size());

        Receiver told = Receiver.open();
        receiver = told;
        Path data = temp.resolve("data");
        running = Up.start(
                data,
                temp.resolve("up.txt"),
                "--network",
                "sim",
                "--key",
                key.toString(),
                "--notify",
                told.plan(temp).toString(),
                "--broker-port",
                "0",
                "--registry-port",
                "0");
        Instant loadedAt = Instant.now();
        Cli.outcomes("load", files.toString(), "--data", data.toString(), "--zone", "UTC");

        Map<String, AlertRow> rows = new TreeMap<>();
        await().atMost(Up.PATIENCE).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
            rows.clear();
            try (SinkReader sinks = Up.sinks(data)) {
                sinks.latest(Topics.ALERT, AlertRow.class).values().stream()
                        .filter(row -> row.getState() != AlertState.RETRACTED)
                        .forEach(row -> rows.put(row.getAlertId(), row));
            }
            assertThat(rows.keySet()).isEqualTo(ledger.keySet());
        });
        await().atMost(Up.PATIENCE).until(() -> told.idleFor(QUIET));

        assertThat(told.told().values()).containsOnly(1);
        assertThat(told.alerts())
                .filteredOn(alert -> !alert.path("transition").asText().equals("OPENED"))
                .isEmpty();
        assertThat(told.alerts())
                .extracting(alert -> alert.path("alertId").asText())
                .containsExactlyInAnyOrderElementsOf(standing);
        AlertRules rules = AlertRules.load();
        assertThat(told.alerts()).allSatisfy(alert -> {
            Duration fresh = rules.find(alert.path("rule").asText())
                    .map(AlertRule::fresh)
                    .orElseThrow();
            boolean old = Instant.parse(alert.path("since").asText()).isBefore(loadedAt.minus(fresh));
            assertThat(alert.path("backdated").asBoolean()).as("%s", alert).isEqualTo(old);
        });
        assertThat(told.alerts()).anyMatch(alert -> alert.path("backdated").asBoolean());
        try (SinkReader sinks = Up.sinks(data)) {
            List<AlertEvent> events = sinks.all(Topics.ALERT_EVENT, AlertEvent.class);
            assertThat(events).extracting(AlertEvent::getTransition).containsOnly(AlertTransition.OPENED);
            assertThat(events).extracting(AlertEvent::getAlertId).containsExactlyInAnyOrderElementsOf(standing);
        }
    }

    private static Map<String, JsonNode> byId(List<JsonNode> alerts) {
        return alerts.stream()
                .collect(Collectors.toMap(alert -> alert.path("alertId").asText(), Function.identity()));
    }

    private static Set<String> ids(Map<String, JsonNode> alerts, Function<JsonNode, Boolean> which) {
        return alerts.entrySet().stream()
                .filter(alert -> which.apply(alert.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
