package care.outcomes.streams.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import care.outcomes.schemas.record.ActionKind;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.ResolvedBy;
import care.outcomes.schemas.record.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Actions laid over grounds. Times are small numbers: the ground arises at 100. */
class StandingTest {

    private static final Alert ALERT = alert("a", "non-response-firm", Severity.HIGH, 100, null, "s1");
    private static final Alert SUICIDALITY = alert("s", "suicidality", Severity.HIGH, 100, null, "s1");

    @Test
    void actionsAreLaidInOrderOfTheirTime() {
        Standing standing = lay(
                ALERT,
                1_000,
                act("3", ActionKind.ACKNOWLEDGE, 300),
                act("1", ActionKind.ASSIGN, 200),
                snooze("2", 250, 600, Severity.HIGH));
        assertThat(standing.state()).isEqualTo(AlertState.ACKNOWLEDGED);
        assertThat(standing.assignee()).isEqualTo("dr-b");
        assertThat(standing.snoozedUntil()).isNull();
        assertThat(standing.taken())
                .extracting(taken -> taken.action().actionId(), Standing.Taken::transition)
                .containsExactly(
                        tuple("1", AlertTransition.ASSIGNED),
                        tuple("2", AlertTransition.SNOOZED),
                        tuple("3", AlertTransition.ACKNOWLEDGED));
    }

    @Test
    void aSnoozeEndsByTimeAndSaysWhen() {
        Action snooze = snooze("1", 200, 600, Severity.HIGH);
        Standing.Laid during = Standing.lay(ALERT, List.of(snooze), 599);
        assertThat(during.standing().state()).isEqualTo(AlertState.SNOOZED);
        assertThat(during.next()).isEqualTo(600);
        Standing.Laid after = Standing.lay(ALERT, List.of(snooze), 600);
        assertThat(after.standing().state()).isEqualTo(AlertState.OPEN);
        assertThat(after.next()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anActionAfterTheHorizonWaitsForIt() {
        Standing.Laid before = Standing.lay(ALERT, List.of(act("1", ActionKind.ACKNOWLEDGE, 500)), 499);
        assertThat(before.standing()).isEqualTo(Standing.plain(ALERT));
        assertThat(before.next()).isEqualTo(500);
    }

    @Test
    void aSnoozeSilencesItsSeverityOnly() {
        Standing standing = lay(ALERT, 300, snooze("1", 200, 600, Severity.REVIEW));
        assertThat(standing.state()).isEqualTo(AlertState.OPEN);
        assertThat(standing.taken())
                .extracting(Standing.Taken::transition, Standing.Taken::reason)
                .containsExactly(tuple(AlertTransition.REFUSED, Standing.OUTRANKED));
        assertThat(lay(ALERT, 300, snooze("1", 200, 600, Severity.URGENT)).state())
                .isEqualTo(AlertState.SNOOZED);
    }

    @Test
    void dataOrAPersonResolveAndWhatComesAfterIsRefused() {
        Alert ended = ended(ALERT, 400);
        Standing byData =
                lay(ended, 1_000, snooze("1", 200, 600, Severity.HIGH), act("2", ActionKind.ACKNOWLEDGE, 500));
        assertThat(byData.state()).isEqualTo(AlertState.RESOLVED);
        assertThat(byData.resolvedBy()).isEqualTo(ResolvedBy.DATA);
        assertThat(byData.resolvedAt()).isEqualTo(400);
        assertThat(byData.snoozedUntil()).isNull();
        assertThat(byData.taken().get(1).reason()).isEqualTo(Standing.ALREADY_RESOLVED);

        Standing byPerson = lay(ended, 1_000, act("1", ActionKind.RESOLVE, 300), act("2", ActionKind.RESOLVE, 350));
        assertThat(byPerson.resolvedBy()).isEqualTo(ResolvedBy.PERSON);
        assertThat(byPerson.resolvedAt()).isEqualTo(300);
        assertThat(byPerson.outcome()).isEqualTo("REFERRED");
        assertThat(byPerson.taken().get(1).reason()).isEqualTo(Standing.ALREADY_RESOLVED);
    }

    @Test
    void suicidalityCannotBeSnoozedAndEndsOnlyLowerAndAcknowledged() {
        Standing snoozed = lay(SUICIDALITY, 300, snooze("1", 200, 600, Severity.URGENT));
        assertThat(snoozed.state()).isEqualTo(AlertState.OPEN);
        assertThat(snoozed.taken().get(0).reason()).isEqualTo(Standing.NOT_SNOOZABLE);

        assertThat(lay(eased(400), 1_000).state()).isEqualTo(AlertState.OPEN);
        assertThat(lay(SUICIDALITY, 1_000, act("1", ActionKind.ACKNOWLEDGE, 200))
                        .state())
                .isEqualTo(AlertState.ACKNOWLEDGED);

        Standing resolving =
                lay(SUICIDALITY, 1_000, act("1", ActionKind.RESOLVE, 200), act("2", ActionKind.RESOLVE, 300));
        assertThat(resolving.state()).isEqualTo(AlertState.ACKNOWLEDGED);
        assertThat(resolving.taken())
                .extracting(Standing.Taken::transition, Standing.Taken::reason)
                .containsExactly(
                        tuple(AlertTransition.ACKNOWLEDGED, Standing.AWAITS_LOWER_VALUE),
                        tuple(AlertTransition.REFUSED, Standing.AWAITS_LOWER_VALUE));

        Standing before = lay(eased(400), 1_000, act("1", ActionKind.ACKNOWLEDGE, 200));
        assertThat(before.resolvedAt()).isEqualTo(400);
        Standing after = lay(eased(400), 1_000, act("1", ActionKind.ACKNOWLEDGE, 500));
        assertThat(after.resolvedAt()).isEqualTo(500);
        assertThat(after.resolvedBy()).isEqualTo(ResolvedBy.DATA);
    }

    @Test
    void anActionFollowsItsGroundToAnotherId() {
        Alert seen = alert("old", "relapse", Severity.HIGH, 100, null, "s2");
        Action action = act("1", ActionKind.ACKNOWLEDGE, 300).about(Action.About.of(seen));
        Action onOld = new Action(
                "1", "old", action.kind(), "dr-a", 300, Severity.UNKNOWN, null, null, null, null, action.about());

        Alert sameEvidence = alert("x", "relapse", Severity.HIGH, 900, null, "s2");
        Alert sameCourse = alert("y", "relapse", Severity.HIGH, 50, null, "s1");
        Alert over = ended(alert("z", "relapse", Severity.HIGH, 50, null, "s0"), 60);
        Alert otherRule = alert("w", "non-response-firm", Severity.HIGH, 100, null, "s2");
        assertThat(Continuation.target(onOld, List.of(over, sameCourse, sameEvidence, otherRule)))
                .isEqualTo(sameEvidence);
        assertThat(Continuation.target(onOld, List.of(over, sameCourse, otherRule)))
                .isEqualTo(sameCourse);
        assertThat(Continuation.target(onOld, List.of(over, otherRule))).isNull();
        assertThat(Continuation.target(onOld, List.of(sameEvidence, seen))).isEqualTo(seen);
    }

    @Test
    void actionsCountOnceInAnyOrder() {
        Action one = act("1", ActionKind.ACKNOWLEDGE, 300);
        Action other = act("1", ActionKind.RESOLVE, 300);
        List<Action> forth = Action.fold(Action.fold(List.of(), one), other);
        List<Action> back = Action.fold(Action.fold(List.of(), other), one);
        assertThat(forth).hasSize(1).isEqualTo(back);
        assertThat(Action.fold(forth, forth.get(0))).isSameAs(forth);
    }

    /** Random grounds and actions in random order: one ledger, and every standing is the end of a legal path. */
    @Test
    void anyOrderOfArrivalLaysTheSameLegalPath() {
        for (long seed = 1; seed <= 2_000; seed++) {
            Random random = new Random(seed);
            List<Alert> ledger = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                Alert alert = random.nextInt(3) == 0
                        ? alert("s" + i, "suicidality", Severity.HIGH, random.nextInt(400), null, "e" + i)
                        : alert(
                                "a" + i,
                                "relapse",
                                Severity.values()[1 + random.nextInt(4)],
                                random.nextInt(400),
                                null,
                                "e" + i);
                ledger.add(random.nextBoolean() ? alert : ended(alert, alert.openedAt() + 1 + random.nextInt(500)));
            }
            List<Action> actions = new ArrayList<>();
            for (int i = 0; i < random.nextInt(8); i++) {
                actions.add(random(random, "a" + random.nextInt(9), ledger));
            }
            List<Action> first = folded(actions);
            for (int shuffle = 0; shuffle < 3; shuffle++) {
                Collections.shuffle(actions, random);
                assertThat(folded(actions)).as("seed %d", seed).isEqualTo(first);
            }
            for (long horizon : new long[] {random.nextInt(1_000), 5_000}) {
                Map<String, Standing.Laid> laid = new TreeMap<>(Standing.lay(ledger, first, horizon));
                laid.values().forEach(each -> assertLegal(each.standing()));
                List<Action> until =
                        first.stream().filter(action -> action.at() <= horizon).toList();
                assertThat(standings(Standing.lay(ledger, until, horizon)))
                        .as("nothing after the horizon counts, seed %d", seed)
                        .isEqualTo(standings(laid));
            }
        }
    }

    private static Map<String, Standing> standings(Map<String, Standing.Laid> laid) {
        Map<String, Standing> standings = new TreeMap<>();
        laid.forEach((id, each) -> standings.put(id, each.standing()));
        return standings;
    }

    private static void assertLegal(Standing standing) {
        AlertState state = AlertState.OPEN;
        for (Standing.Taken taken : standing.taken()) {
            AlertState before = state;
            if (state == AlertState.SNOOZED
                    && AlertPath.next(state, taken.transition()).isEmpty()) {
                state = AlertState.OPEN;
            }
            AlertState from = taken.reason() != null && taken.reason().equals(Standing.ALREADY_RESOLVED)
                    ? AlertState.RESOLVED
                    : state;
            state = AlertPath.next(from, taken.transition())
                    .orElseThrow(() -> new AssertionError(taken.transition() + " in " + before));
        }
        assertThat(standing.state()).isNotIn(AlertState.UNKNOWN, AlertState.RETRACTED);
        assertThat(standing.resolvedBy() == null).isEqualTo(standing.state() != AlertState.RESOLVED);
        assertThat(standing.snoozedUntil() == null).isEqualTo(standing.state() != AlertState.SNOOZED);
    }

    private static Action random(Random random, String id, List<Alert> ledger) {
        ActionKind kind = ActionKind.values()[1 + random.nextInt(5)];
        long at = random.nextInt(900);
        Alert of = ledger.get(random.nextInt(ledger.size()));
        return new Action(
                id,
                random.nextInt(4) == 0 ? "gone" : of.alertId(),
                kind,
                "dr-" + random.nextInt(3),
                at,
                Severity.values()[random.nextInt(5)],
                kind == ActionKind.SNOOZE ? Long.valueOf(at + 1 + random.nextInt(300)) : null,
                kind == ActionKind.ASSIGN ? "dr-b" : null,
                kind == ActionKind.RESOLVE ? "REFERRED" : null,
                null,
                random.nextBoolean() ? Action.About.of(of) : null);
    }

    private static List<Action> folded(List<Action> actions) {
        List<Action> folded = List.of();
        for (Action action : actions) {
            folded = Action.fold(folded, action);
        }
        return folded;
    }

    private static Standing lay(Alert alert, long horizon, Action... actions) {
        return Standing.lay(alert, folded(Arrays.asList(actions)), horizon).standing();
    }

    private static Action snooze(String id, long at, long until, Severity severity) {
        return new Action(id, "a", ActionKind.SNOOZE, "dr-a", at, severity, until, null, null, null, null);
    }

    private static Action act(String id, ActionKind kind, long at) {
        return new Action(
                id,
                "a",
                kind,
                "dr-a",
                at,
                Severity.UNKNOWN,
                null,
                kind == ActionKind.ASSIGN ? "dr-b" : null,
                kind == ActionKind.RESOLVE ? "REFERRED" : null,
                null,
                null);
    }

    private static Alert ended(Alert alert, long at) {
        return alert(
                alert.alertId(),
                alert.rule(),
                alert.severity(),
                alert.openedAt(),
                at,
                alert.evidence().get(0).factId());
    }

    /** A later answer was lower. */
    private static Alert eased(long at) {
        return new Alert(
                SUICIDALITY.alertId(),
                SUICIDALITY.rule(),
                SUICIDALITY.ruleVersion(),
                SUICIDALITY.severity(),
                SUICIDALITY.clinicId(),
                SUICIDALITY.clinics(),
                SUICIDALITY.patientKey(),
                null,
                null,
                SUICIDALITY.anchor(),
                SUICIDALITY.openedAt(),
                null,
                null,
                at,
                SUICIDALITY.text(),
                SUICIDALITY.thresholds(),
                SUICIDALITY.evidence());
    }

    private static Alert alert(
            String id, String rule, Severity severity, long openedAt, @Nullable Long endedAt, String evidence) {
        boolean raw = rule.equals("suicidality");
        return new Alert(
                id,
                rule,
                "1",
                severity,
                "C1",
                List.of("C1"),
                "north.p",
                raw ? null : "KETAMINE_IV",
                raw ? null : Integer.valueOf(1),
                "anchor",
                openedAt,
                endedAt,
                endedAt == null ? null : "IMPROVED",
                "Please review.",
                Map.of(),
                List.of(new Evidence(evidence, "SCORE", 20_000, 17.0)));
    }
}
