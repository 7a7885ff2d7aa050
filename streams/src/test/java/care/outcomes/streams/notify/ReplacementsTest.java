package care.outcomes.streams.notify;

import static care.outcomes.schemas.record.AlertTransition.OPENED;
import static care.outcomes.schemas.record.AlertTransition.RETRACTED;
import static care.outcomes.schemas.record.Severity.HIGH;
import static care.outcomes.schemas.record.Severity.REVIEW;
import static care.outcomes.streams.notify.Plans.EHR;
import static care.outcomes.streams.notify.Plans.HOOK;
import static care.outcomes.streams.notify.Plans.all;
import static care.outcomes.streams.notify.Plans.hookPlan;
import static care.outcomes.streams.notify.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.Severity;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told where a ground goes on under another id: once, and of its end once. */
class ReplacementsTest {
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final Instant NIGHT = Instant.parse("2026-03-10T23:00:00Z");
    private static final Instant MORNING = Instant.parse("2026-03-11T07:00:00Z");

    @Test
    void anAlertThatReplacesAToldOneNotifiesNobodyAndInherits() {
        Desk desk = new Desk(plan(List.of(all("hook"), all("ehr")), HOOK, EHR));
        desk.take(event("a", OPENED, REVIEW, NOON));
        assertThat(desk.send(later(NOON))).hasSize(2);
        desk.take(event("b", OPENED, REVIEW, NOON.plusSeconds(60)).setReplaces("a"))
                .take(event("a", RETRACTED, REVIEW, NOON.plusSeconds(60)).setReason("REPLACED"));
        assertThat(desk.send(NOON.plusSeconds(90))).isEmpty();
        desk.take(event("b", RETRACTED, REVIEW, NOON.plusSeconds(120)).setReason("GROUND_LOST"));
        List<Message> sent = desk.send(NOON.plusSeconds(150));
        assertThat(sent).extracting(Message::channel).containsExactlyInAnyOrder("hook", "ehr");
        // The resource of the first alert is the one that ends.
        assertThat(sent)
                .allSatisfy(
                        message -> assertThat(message.notices().get(0).origin()).isEqualTo("a"));
    }

    @Test
    void anAlertThatReplacesAHeldOneIsToldInItsPlaceAndOneOfNobodyIsNot() {
        Desk desk = new Desk(hookPlan());
        desk.take(event("a", OPENED, REVIEW, NIGHT));
        assertThat(desk.send(later(NIGHT))).isEmpty();
        desk.take(event("b", OPENED, REVIEW, NIGHT.plusSeconds(60)).setReplaces("a"))
                .take(event("a", RETRACTED, REVIEW, NIGHT.plusSeconds(60)).setReason("REPLACED"))
                .take(event("d", OPENED, REVIEW, NIGHT.plusSeconds(60)).setReplaces("unheard-of"));
        assertThat(desk.keys(NIGHT.plusSeconds(90))).isEmpty();
        Desk restarted = new Desk(hookPlan(), desk.memory);
        restarted.take(event("b", OPENED, REVIEW, NIGHT.plusSeconds(60)).setReplaces("a"));
        assertThat(restarted.keys(MORNING)).containsExactly("b·OPENED");
    }

    /** The events of a merge stand on two partitions, which other notifiers may read. */
    @Test
    void anAlertThatMovesIsNotTakenBackWhereItGoesOn() {
        Desk here = new Desk(hookPlan());
        here.take(event("a", OPENED, REVIEW, NOON));
        assertThat(here.keys(later(NOON))).containsExactly("a·OPENED");
        here.take(event("a", RETRACTED, REVIEW, NOON.plusSeconds(60)).setReason("MOVED"));
        assertThat(here.keys(NOON.plusSeconds(90))).isEmpty();

        Desk there = new Desk(hookPlan(), new Memory());
        there.take(event("b", OPENED, REVIEW, NOON.plusSeconds(61)).setReplaces("a"));
        assertThat(there.keys(NOON.plusSeconds(90))).isEmpty();
        share(here.memory, there.memory);
        assertThat(there.keys(NOON.plusSeconds(91))).isEmpty();
        there.take(event("b", RETRACTED, REVIEW, NOON.plusSeconds(120)).setReason("GROUND_LOST"));
        assertThat(there.keys(NOON.plusSeconds(150))).containsExactly("b·RETRACTED");

        here.take("b", replacing("a"));
        assertThat(here.keys(NOON.plusSeconds(9_000))).isEmpty();
    }

    @Test
    void anAlertThatMovesWhileItIsHeldIsToldWhereItGoesOn() {
        Desk here = new Desk(hookPlan());
        here.take(event("a", OPENED, REVIEW, NIGHT))
                .take(event("a", RETRACTED, REVIEW, NIGHT.plusSeconds(60)).setReason("MOVED"));
        assertThat(here.keys(NIGHT.plusSeconds(61))).isEmpty();
        here.take("b", replacing("a"));
        assertThat(here.keys(NIGHT.plusSeconds(62))).isEmpty();

        Desk there = new Desk(hookPlan(), new Memory());
        there.take(event("b", OPENED, REVIEW, NIGHT.plusSeconds(61)).setReplaces("a"));
        assertThat(there.keys(NIGHT.plusSeconds(62))).isEmpty();
        share(here.memory, there.memory);
        assertThat(there.keys(MORNING)).containsExactly("b·OPENED");
    }

    @Test
    void anAlertThatMovesAndGoesOnNowhereIsTakenBack() {
        Desk desk = new Desk(hookPlan());
        desk.take(event("a", OPENED, REVIEW, NOON));
        desk.send(later(NOON));
        desk.take(event("a", RETRACTED, REVIEW, NOON.plusSeconds(60)).setReason("MOVED"));
        assertThat(desk.keys(NOON.plusSeconds(90))).isEmpty();
        assertThat(desk.keys(NOON.plusSeconds(660))).containsExactly("a·RETRACTED");
        // Told to be over, it is told anew where it goes on after all.
        desk.take(event("b", OPENED, REVIEW, NOON.plusSeconds(700)).setReplaces("a"));
        assertThat(desk.keys(NOON.plusSeconds(730))).containsExactly("b·OPENED");
    }

    private static AlertRow replacing(String alertId) {
        AlertRow row = new AlertRow();
        row.setState(AlertState.OPEN);
        row.setClinics(List.of("C1"));
        row.setReplaces(alertId);
        return row;
    }

    /** What one notifier wrote, another reads. */
    private static void share(Memory from, Memory to) {
        from.forEach((row, delivery) -> to.put(Notice.of(row).key(), row));
    }

    @Test
    void aReplacementThatIsGraverIsToldAsARise() {
        Desk desk = new Desk(hookPlan());
        desk.take(event("a", OPENED, REVIEW, NOON));
        desk.send(later(NOON));
        desk.take(event("b", OPENED, HIGH, NOON.plusSeconds(60)).setReplaces("a"))
                .take(event("a", RETRACTED, REVIEW, NOON.plusSeconds(60)).setReason("REPLACED"));
        assertThat(desk.keys(NOON.plusSeconds(90))).containsExactly("b·ESCALATED·HIGH");
    }

    /** The facts of a merge are taken back one by one: the ground goes on under an id after another, all in one reading. */
    @Test
    void aGroundThatGoesOnTwiceBeforeAnybodyLooksIsNotTold() {
        Desk desk = new Desk(hookPlan());
        desk.take(event("a", OPENED, REVIEW, NOON));
        assertThat(desk.keys(later(NOON))).containsExactly("a·OPENED");
        desk.take(event("b", OPENED, REVIEW, NOON.plusSeconds(60)).setReplaces("a"))
                .take(event("a", RETRACTED, REVIEW, NOON.plusSeconds(60)).setReason("REPLACED"))
                .take(event("c", OPENED, REVIEW, NOON.plusSeconds(61)).setReplaces("b"))
                .take(event("b", RETRACTED, REVIEW, NOON.plusSeconds(61)).setReason("REPLACED"));
        assertThat(desk.keys(NOON.plusSeconds(9_000))).isEmpty();
        desk.take(event("c", RETRACTED, REVIEW, NOON.plusSeconds(9_060)).setReason("GROUND_LOST"));
        assertThat(desk.keys(NOON.plusSeconds(9_090))).containsExactly("c·RETRACTED");
    }

    @Test
    void aHeldGroundThatGoesOnTwiceIsToldInTheEnd() {
        Desk desk = new Desk(hookPlan());
        desk.take(event("a", OPENED, REVIEW, NIGHT))
                .take(event("b", OPENED, REVIEW, NIGHT.plusSeconds(60)).setReplaces("a"))
                .take(event("a", RETRACTED, REVIEW, NIGHT.plusSeconds(60)).setReason("REPLACED"))
                .take(event("c", OPENED, REVIEW, NIGHT.plusSeconds(61)).setReplaces("b"))
                .take(event("b", RETRACTED, REVIEW, NIGHT.plusSeconds(61)).setReason("REPLACED"));
        assertThat(desk.keys(NIGHT.plusSeconds(90))).isEmpty();
        assertThat(desk.keys(MORNING)).containsExactly("c·OPENED");
    }

    /** The merge is undone: the alert goes on where it was told first, and is no graver than was told in between. */
    @Test
    void anAlertThatReturnsIsNeitherTakenBackNorToldAgain() {
        Desk desk = new Desk(hookPlan());
        desk.take(event("a", OPENED, REVIEW, NOON));
        assertThat(desk.keys(later(NOON))).containsExactly("a·OPENED");
        desk.take(event("a", RETRACTED, REVIEW, NOON.plusSeconds(60)).setReason("MOVED"))
                .take(event("b", OPENED, HIGH, NOON.plusSeconds(61)).setReplaces("a"))
                .take("b", replacing("a"));
        assertThat(desk.keys(NOON.plusSeconds(90))).containsExactly("b·ESCALATED·HIGH");

        desk.take(event("a", OPENED, HIGH, NOON.plusSeconds(1_000)));
        assertThat(desk.keys(NOON.plusSeconds(1_010))).isEmpty();
        desk.take(event("b", RETRACTED, HIGH, NOON.plusSeconds(1_001)).setReason("MOVED"))
                .take("a", replacing("b"))
                .take("b", null);
        assertThat(desk.keys(NOON.plusSeconds(9_000))).isEmpty();
        desk.take(event("a", RETRACTED, HIGH, NOON.plusSeconds(9_060)).setReason("GROUND_LOST"));
        assertThat(desk.keys(NOON.plusSeconds(9_090))).containsExactly("a·RETRACTED");
    }

    private static AlertEvent.Builder event(String id, AlertTransition transition, Severity severity, Instant at) {
        return Alerts.event(id, transition, severity, at);
    }

    private static Instant later(Instant instant) {
        return instant.plusSeconds(2);
    }
}
