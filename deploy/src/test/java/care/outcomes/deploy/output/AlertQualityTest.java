package care.outcomes.deploy.output;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.ActionOutcomes;
import care.outcomes.schemas.record.ActionKind;
import care.outcomes.schemas.record.ActionTaken;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlertQualityTest {
    private static final Instant OPENED = Instant.parse("2025-03-01T00:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2025, 3, 12);

    /** Two courses side by side are five weeks of one patient: ten days overlap. */
    private static final List<CourseRow> COURSES = List.of(
            course("KETAMINE_IV", 1, "phq9", LocalDate.of(2025, 2, 5), LocalDate.of(2025, 3, 1)),
            course("KETAMINE_IV", 1, "madrs", LocalDate.of(2025, 2, 5), LocalDate.of(2025, 3, 1)),
            course("RTMS", 1, "phq9", LocalDate.of(2025, 2, 19), null));

    @Test
    void figuresOfEachRule() {
        List<AlertRow> alerts = List.of(
                alert("relapse", AlertState.RESOLVED, "TREATMENT_CHANGED", taken(ActionKind.RESOLVE, 10, null)),
                alert("relapse", AlertState.RESOLVED, "NOT_APPLICABLE", taken(ActionKind.ACKNOWLEDGE, 4, null)),
                alert("relapse", AlertState.OPEN, null, taken(ActionKind.SNOOZE, 1, "NOT_SNOOZABLE")),
                alert("relapse", AlertState.OPEN, null, taken(ActionKind.NOTE, 1, null)),
                alert("relapse", AlertState.RETRACTED, null, taken(ActionKind.ACKNOWLEDGE, 1, null)));
        assertThat(AlertQuality.of(alerts, COURSES, ActionOutcomes.load(), TODAY))
                .containsExactly(new AlertQuality("relapse", 4, 2, 1, 1, 7.0, null, 80.0));
        assertThat(AlertTables.quality(AlertQuality.of(alerts, COURSES, ActionOutcomes.load(), TODAY), Words.load()))
                .contains("2 (50 %)")
                .contains("80.0");
    }

    @Test
    void withoutCoursesThereIsNoRate() {
        List<AlertRow> alerts = List.of(alert("relapse", AlertState.OPEN, null, taken(ActionKind.NOTE, 1, null)));
        assertThat(AlertQuality.of(alerts, List.of(), ActionOutcomes.load(), TODAY))
                .containsExactly(new AlertQuality("relapse", 1, 0, 0, 0, null, null, null));
    }

    private static AlertRow alert(String rule, AlertState state, @Nullable String outcome, ActionTaken action) {
        return AlertRow.newBuilder()
                .setAlertId("a")
                .setNetworkId("north")
                .setRule(rule)
                .setRuleVersion("1")
                .setSeverity(Severity.HIGH)
                .setState(state)
                .setSubject("north.p")
                .setClinicId("C1")
                .setOpenedAt(OPENED)
                .setText("Please review.")
                .setOutcome(outcome)
                .setActions(List.of(action))
                .build();
    }

    private static ActionTaken taken(ActionKind kind, int hours, @Nullable String refused) {
        return ActionTaken.newBuilder()
                .setActionId("1")
                .setKind(kind)
                .setActor("dr-a")
                .setAt(OPENED.plus(Duration.ofHours(hours)))
                .setRefused(refused)
                .build();
    }

    private static CourseRow course(
            String treatment, int ordinal, String instrument, LocalDate opened, @Nullable LocalDate closed) {
        return CourseRow.newBuilder()
                .setNetworkId("north")
                .setClinicId("C1")
                .setPatientKey("north.p")
                .setTreatment(treatment)
                .setOrdinal(ordinal)
                .setOpenedOn(opened)
                .setClosedOn(closed)
                .setInstrument(instrument)
                .setDoses(1)
                .setEvaluable(true)
                .setRuleset("any")
                .build();
    }
}
