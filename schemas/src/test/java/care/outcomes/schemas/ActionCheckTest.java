package care.outcomes.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.ActionKind;
import care.outcomes.schemas.record.QualityAction;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ActionCheckTest {
    private static final Instant AT = Instant.parse("2025-03-01T09:00:00Z");

    private final ActionCheck check = new ActionCheck(ActionOutcomes.load());

    @Test
    void eachKindNeedsWhatItSays() {
        assertThat(check.check(action(ActionKind.ACKNOWLEDGE).build())).isEmpty();
        refused(action(ActionKind.UNKNOWN), "kind", "UNKNOWN_KIND");
        refused(action(ActionKind.ACKNOWLEDGE).setActor(" "), "actor", "MISSING_VALUE");
        refused(action(ActionKind.SNOOZE), "until", "MISSING_VALUE");
        refused(action(ActionKind.SNOOZE).setUntil(AT), "until", "END_BEFORE_START");
        assertThat(check.check(
                        action(ActionKind.SNOOZE).setUntil(AT.plusSeconds(1)).build()))
                .isEmpty();
        refused(action(ActionKind.ASSIGN), "assignee", "MISSING_VALUE");
        refused(action(ActionKind.NOTE), "note", "MISSING_VALUE");
        refused(action(ActionKind.RESOLVE), "outcome", "MISSING_VALUE");
        refused(action(ActionKind.RESOLVE).setOutcome("SOLVED"), "outcome", "UNKNOWN_OUTCOME");
        assertThat(check.check(action(ActionKind.RESOLVE).setOutcome("REFERRED").build()))
                .isEmpty();
    }

    @Test
    void outcomesSayWhetherCareChanged() {
        assertThat(ActionOutcomes.load().acted("TREATMENT_CHANGED")).isTrue();
        assertThat(ActionOutcomes.load().acted("REVIEWED_NO_CHANGE")).isFalse();
        assertThat(ActionOutcomes.load().acted("other")).isFalse();
    }

    private void refused(QualityAction.Builder action, String field, String reason) {
        assertThat(check.check(action.build()))
                .hasValueSatisfying(
                        problem -> assertThat(problem).isEqualTo(new Problem(field, reason, problem.value())));
    }

    private static QualityAction.Builder action(ActionKind kind) {
        return QualityAction.newBuilder()
                .setActionId("a1")
                .setNetworkId("north")
                .setSubject("north.p1")
                .setAlertId("alert")
                .setKind(kind)
                .setActor("dr-a")
                .setAt(AT);
    }
}
