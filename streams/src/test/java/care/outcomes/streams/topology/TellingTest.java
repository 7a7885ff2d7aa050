package care.outcomes.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.Severity;
import care.outcomes.streams.alert.Action;
import care.outcomes.streams.alert.Alert;
import care.outcomes.streams.alert.Evidence;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.topology.Telling.Step;
import care.outcomes.streams.topology.state.Told;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TellingTest {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Instant NOW = Instant.parse("2025-03-10T12:00:00Z");
    private static final Duration SETTLE = Duration.ofMinutes(10);
    private static final long UNSETTLED = NOW.plus(SETTLE).toEpochMilli();

    private static final Alert FRESH = course("a1", "non-response-review", NOW.minus(Duration.ofHours(71)));
    private static final Alert OLD = course("a2", "non-response-review", NOW.minus(Duration.ofHours(73)));
    private static final Alert SUICIDALITY = raw("a3", NOW.minus(Duration.ofDays(13)));

    @Test
    void aFreshGroundIsToldAtOnceAndAnOldOneWhenThePatientHasSettled() {
        Telling.Result first = tell(List.of(), List.of(FRESH, OLD), live(true), UNSETTLED);
        assertThat(first.steps())
                .extracting(
                        step -> step.told().alert(),
                        TellingTest::event,
                        step -> step.told().backdated())
                .containsExactly(tuple(FRESH, AlertTransition.OPENED, false));
        assertThat(first.recheck()).isEqualTo(UNSETTLED);

        Telling.Result then = tell(first.told(), List.of(FRESH, OLD), live(true).after(SETTLE), UNSETTLED);
        assertThat(then.steps())
                .extracting(
                        step -> step.told().alert(),
                        TellingTest::event,
                        step -> step.told().backdated())
                .containsExactly(tuple(OLD, AlertTransition.OPENED, true));
        assertThat(then.recheck()).isEqualTo(Long.MAX_VALUE);
        assertThat(then.told()).hasSize(2);
    }

    @Test
    void anOldGroundThatIsGoneWhenThePatientSettlesIsNeverTold() {
        Telling.Result first = tell(List.of(), List.of(OLD), live(true), UNSETTLED);
        Telling.Result then = tell(first.told(), List.of(), live(true).after(SETTLE), UNSETTLED);
        assertThat(then.steps()).isEmpty();
        assertThat(then.told()).isEmpty();
    }

    @Test
    void whileCatchingUpOnlyRawScoreSuicidalityIsTold() {
        Telling.Result first = tell(List.of(), List.of(FRESH, SUICIDALITY), live(false), 0);
        assertThat(first.told()).extracting(Told::alert).containsExactly(SUICIDALITY);
        assertThat(first.recheck()).as("as soon as caught up").isZero();

        Telling.Result then = tell(first.told(), List.of(FRESH, SUICIDALITY), live(true), 0);
        assertThat(then.steps()).extracting(step -> step.told().alert()).containsExactly(FRESH);
    }

    @Test
    void aBatchHoldsEverythingUntilItHasCaughtUp() {
        Moment before = new Moment(Horizon.endOf(LocalDate.of(2025, 3, 10), UTC), NOW.toEpochMilli(), false);
        assertThat(tell(List.of(), List.of(FRESH, SUICIDALITY), before, 0).steps())
                .isEmpty();
        Moment after = new Moment(before.horizon(), before.now(), true);
        assertThat(tell(List.of(), List.of(FRESH, SUICIDALITY), after, 0).told())
                .hasSize(2);
    }

    @Test
    void whatEndedBeforeItWasToldIsPublishedButNotNotified() {
        Alert ended = ended(OLD, NOW.minus(Duration.ofHours(1)));
        Telling.Result result = tell(List.of(), List.of(ended), live(true), 0);
        assertThat(result.steps())
                .extracting(step -> step.told().state(), TellingTest::event)
                .containsExactly(tuple(AlertState.RESOLVED, null));
    }

    @Test
    void anEndResolvesAndItsCorrectionReopens() {
        List<Told> told = tell(List.of(), List.of(FRESH), live(true), 0).told();
        Telling.Result resolved = tell(told, List.of(ended(FRESH, NOW)), live(true), 0);
        assertThat(resolved.steps())
                .extracting(step -> step.told().state(), TellingTest::event, TellingTest::reason)
                .containsExactly(tuple(AlertState.RESOLVED, AlertTransition.RESOLVED, "IMPROVED"));
        Telling.Result reopened = tell(resolved.told(), List.of(FRESH), live(true), 0);
        assertThat(reopened.steps())
                .extracting(step -> step.told().state(), TellingTest::event, TellingTest::reason)
                .containsExactly(tuple(AlertState.OPEN, AlertTransition.REOPENED, null));
    }

    @Test
    void aHigherSeverityEscalatesAndALowerOneOnlyRevises() {
        List<Told> told = tell(List.of(), List.of(SUICIDALITY), live(true), 0).told();
        Alert higher = severity(SUICIDALITY, Severity.URGENT);
        Telling.Result raised = tell(told, List.of(higher), live(true), 0);
        assertThat(raised.steps()).extracting(TellingTest::event).containsExactly(AlertTransition.ESCALATED);
        Telling.Result lowered = tell(raised.told(), List.of(SUICIDALITY), live(true), 0);
        assertThat(lowered.steps()).hasSize(1);
        assertThat(lowered.steps().get(0).events()).isEmpty();
    }

    @Test
    void whatLosesItsGroundIsRetractedAndForgottenAfterThirtyDays() {
        List<Told> told = tell(List.of(), List.of(FRESH), live(true), 0).told();
        Telling.Result retracted = tell(told, List.of(), live(true), 0);
        assertThat(retracted.steps())
                .extracting(step -> step.told().state(), TellingTest::event, TellingTest::reason)
                .containsExactly(tuple(AlertState.RETRACTED, AlertTransition.RETRACTED, "GROUND_LOST"));
        long forgetAt = NOW.plus(Duration.ofDays(30)).toEpochMilli();
        assertThat(retracted.recheck()).isEqualTo(forgetAt);

        assertThat(tell(retracted.told(), List.of(), live(true), 0).steps()).isEmpty();
        Telling.Result forgotten = tell(retracted.told(), List.of(), live(true).after(Duration.ofDays(30)), 0);
        assertThat(forgotten.steps()).extracting(Step::forgotten).containsExactly(true);
        assertThat(forgotten.told()).isEmpty();
        assertThat(forgotten.recheck()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aGroundThatGoesOnUnderAnotherIdReplacesAndWaitsForNothing() {
        List<Told> told = tell(List.of(), List.of(FRESH), live(true), 0).told();
        Alert successor = course("b1", FRESH.rule(), NOW.minus(Duration.ofDays(9)));
        Telling.Result result = tell(told, List.of(successor), live(true), UNSETTLED);
        assertThat(result.steps())
                .extracting(
                        step -> step.told().alert().alertId(),
                        step -> step.told().state(),
                        step -> step.told().replaces(),
                        TellingTest::reason)
                .containsExactly(
                        tuple("b1", AlertState.OPEN, "a1", null), tuple("a1", AlertState.RETRACTED, null, "REPLACED"));
    }

    @Test
    void whatNobodyWasToldOfIsNewsWhereItGoesOn() {
        Alert over = ended(FRESH, NOW.minus(Duration.ofHours(1)));
        List<Told> told = tell(List.of(), List.of(over), live(true), 0).told();
        Alert successor = course("b1", FRESH.rule(), NOW.minus(Duration.ofDays(3)));
        Telling.Result held = tell(told, List.of(successor), live(false), 0);
        assertThat(held.told()).extracting(each -> each.alert().alertId()).doesNotContain("b1");
        Telling.Result result = tell(told, List.of(successor), live(true), 0);
        assertThat(result.steps())
                .extracting(
                        step -> step.told().alert().alertId(),
                        step -> step.told().replaces(),
                        TellingTest::event)
                .containsExactly(tuple("b1", null, AlertTransition.OPENED), tuple("a1", null, null));
    }

    @Test
    void oneGroundIsReplacedByOneOnly() {
        List<Told> told = tell(List.of(), List.of(FRESH), live(true), 0).told();
        List<Alert> two = List.of(course("b1", FRESH.rule(), NOW), course("b2", FRESH.rule(), NOW));
        assertThat(tell(told, two, live(true), 0).told())
                .extracting(Told::replaces)
                .containsExactly(null, "a1", null);
    }

    @Test
    void nothingIsToldTwice() {
        Telling.Result first = tell(List.of(), List.of(FRESH, SUICIDALITY), live(true), 0);
        Telling.Result again = tell(first.told(), List.of(FRESH, SUICIDALITY), live(true), 0);
        assertThat(again.steps()).isEmpty();
        assertThat(again.told()).isEqualTo(first.told());
    }

    private static Telling.Result tell(List<Told> told, List<Alert> ledger, Moment moment, long settledAt) {
        return tell(told, ledger, List.of(), moment, settledAt, false);
    }

    private static Telling.Result tell(
            List<Told> told, List<Alert> ledger, List<Action> actions, Moment moment, long settledAt, boolean loading) {
        return Telling.of(
                told,
                ledger,
                actions,
                new Telling.Delivery(
                        AlertRules.load(),
                        moment,
                        settledAt,
                        Telling.RETRACTED_FOR,
                        Telling.GROUND_LOST,
                        0,
                        null,
                        clinic -> loading));
    }

    private static @Nullable AlertTransition event(Step step) {
        return step.events().isEmpty() ? null : step.events().get(0).transition();
    }

    private static @Nullable String reason(Step step) {
        return step.events().isEmpty() ? null : step.events().get(0).reason();
    }

    @Test
    void whileALoadIsOpenOnlyRawScoreSuicidalityIsTold() {
        Alert answer = raw("a3", NOW.minus(Duration.ofDays(1)));
        List<Alert> ledger = List.of(FRESH, OLD, answer);
        Telling.Result first = tell(List.of(), ledger, List.of(), live(true).moment(), 0, true);
        assertThat(first.told()).extracting(Told::alert).containsExactly(answer);
        assertThat(first.recheck()).isEqualTo(Telling.WHEN_LOADED);

        Telling.Result then = tell(first.told(), ledger, List.of(), live(true).moment(), 0, false);
        assertThat(then.steps())
                .extracting(step -> step.told().alert(), step -> step.told().backdated())
                .containsExactly(tuple(FRESH, false), tuple(OLD, true));
    }

    private static Telling.Result tell(List<Told> told, List<Alert> ledger, Live live, long settledAt) {
        return tell(told, ledger, live.moment(), settledAt);
    }

    private record Live(Instant now, boolean caughtUp) {
        Live after(Duration time) {
            return new Live(now.plus(time), caughtUp);
        }

        /** The horizon stays, so that what is fresh stays fresh. */
        Moment moment() {
            return new Moment(Horizon.at(NOW, UTC), now.toEpochMilli(), caughtUp);
        }
    }

    private static Live live(boolean caughtUp) {
        return new Live(NOW, caughtUp);
    }

    private static Alert course(String id, String rule, Instant openedAt) {
        return alert(id, rule, "KETAMINE_IV", 1, openedAt, new Evidence("score-" + id, "SCORE", 20_000, 17.0));
    }

    private static Alert raw(String id, Instant openedAt) {
        return alert(id, "suicidality", null, null, openedAt, new Evidence("item-" + id, "SUICIDE_ITEM", 20_000, 2.0));
    }

    private static Alert alert(
            String id,
            String rule,
            @Nullable String treatment,
            @Nullable Integer ordinal,
            Instant openedAt,
            Evidence evidence) {
        return new Alert(
                id,
                rule,
                "1",
                Severity.REVIEW,
                "C1",
                List.of("C1"),
                FactRecords.PATIENT,
                treatment,
                ordinal,
                "anchor",
                openedAt.toEpochMilli(),
                null,
                null,
                "Please review.",
                Map.of(),
                List.of(evidence));
    }

    private static Alert ended(Alert alert, Instant at) {
        return new Alert(
                alert.alertId(),
                alert.rule(),
                alert.ruleVersion(),
                alert.severity(),
                alert.clinicId(),
                alert.clinics(),
                alert.patientKey(),
                alert.treatment(),
                alert.ordinal(),
                alert.anchor(),
                alert.openedAt(),
                at.toEpochMilli(),
                "IMPROVED",
                alert.text(),
                alert.thresholds(),
                alert.evidence());
    }

    private static Alert severity(Alert alert, Severity severity) {
        return new Alert(
                alert.alertId(),
                alert.rule(),
                alert.ruleVersion(),
                severity,
                alert.clinicId(),
                alert.clinics(),
                alert.patientKey(),
                alert.treatment(),
                alert.ordinal(),
                alert.anchor(),
                alert.openedAt(),
                alert.endedAt(),
                alert.endReason(),
                alert.text(),
                alert.thresholds(),
                alert.evidence());
    }
}
