package care.outcomes.streams.topology;

import static care.outcomes.streams.topology.FactRecords.NETWORK;
import static care.outcomes.streams.topology.FactRecords.dose;
import static care.outcomes.streams.topology.FactRecords.noon;
import static care.outcomes.streams.topology.FactRecords.score;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.RuleOverrides;
import care.outcomes.schemas.record.RulePeriod;
import care.outcomes.schemas.record.Severity;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a clinic wants otherwise in a rule reaches its patients while facts go on; the wall clock begins at noon of day 70. */
class OverridesTest {

    private static final String RULE = "reliable-deterioration";
    private static final String KEY = NETWORK + "·C1·" + RULE;

    private final Driven driven =
            new Driven(HorizonMode.live(), Duration.ofMinutes(10), noon(70), Driven.caughtUp(), 1);

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void aGraverSeverityEscalatesAndItsEndLowersItAgain() {
        AlertRow before = deteriorated();
        driven.sent(Topics.COURSE);
        driven.events();

        driven.send(Topics.RULE, KEY, override(period().setSeverity(Severity.URGENT)));
        walk();
        AlertRow graver = only();
        assertThat(graver.getAlertId()).isEqualTo(before.getAlertId());
        assertThat(graver.getSeverity()).isEqualTo(Severity.URGENT);
        assertThat(graver.getRuleVersion()).isNotEqualTo(before.getRuleVersion());
        assertThat(graver.getRuleset()).startsWith(before.getRuleset() + "+");
        assertThat(driven.events())
                .filteredOn(event -> event.getRule().equals(RULE))
                .extracting(AlertEvent::getTransition)
                .containsExactly(AlertTransition.ESCALATED);
        assertThat(driven.sent(Topics.COURSE))
                .as("overrides decide alerts alone")
                .isEmpty();

        driven.send(Topics.RULE, KEY, null);
        walk();
        assertThat(only().getSeverity()).isEqualTo(before.getSeverity());
        assertThat(only().getRuleset()).isEqualTo(before.getRuleset());
    }

    @Test
    void aRuleThatIsSwitchedOffTakesItsAlertsBack() {
        deteriorated();
        driven.send(Topics.RULE, KEY, override(period().setEnabled(false)));
        walk();
        assertThat(driven.alerts())
                .filteredOn(row -> row.getRule().equals(RULE))
                .extracting(AlertRow::getState)
                .containsExactly(AlertState.RETRACTED);
    }

    @Test
    void anOverrideThatCannotBeUsedChangesNothing() {
        AlertRow before = deteriorated();
        driven.send(Topics.RULE, KEY, override(period().setThresholds(Map.of("nonsense", 1.0))));
        walk();
        assertThat(only()).isEqualTo(before);
    }

    private AlertRow deteriorated() {
        driven.send(score(60, 12).build(), dose(61).build(), score(69, 20).build())
                .pass();
        return only();
    }

    private AlertRow only() {
        List<AlertRow> rows = driven.alerts().stream()
                .filter(row -> row.getRule().equals(RULE))
                .toList();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private void walk() {
        driven.pass(Duration.ofSeconds(1)).pass(Duration.ofSeconds(1)).pass();
    }

    private static RulePeriod.Builder period() {
        return RulePeriod.newBuilder().setValidFrom(LocalDate.of(2000, 1, 1));
    }

    private static RuleOverrides override(RulePeriod.Builder period) {
        return RuleOverrides.newBuilder()
                .setNetworkId(NETWORK)
                .setClinicId("C1")
                .setRule(RULE)
                .setPeriods(List.of(period.build()))
                .build();
    }
}
