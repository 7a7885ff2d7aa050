package care.outcomes.streams.notify;

import static care.outcomes.schemas.record.AlertTransition.ACKNOWLEDGED;
import static care.outcomes.schemas.record.AlertTransition.ESCALATED;
import static care.outcomes.schemas.record.AlertTransition.OPENED;
import static care.outcomes.schemas.record.AlertTransition.RESOLVED;
import static care.outcomes.schemas.record.AlertTransition.RETRACTED;
import static care.outcomes.schemas.record.AlertTransition.SNOOZED;
import static care.outcomes.schemas.record.Severity.HIGH;
import static care.outcomes.schemas.record.Severity.INFO;
import static care.outcomes.schemas.record.Severity.REVIEW;
import static care.outcomes.schemas.record.Severity.URGENT;
import static care.outcomes.streams.notify.Plans.HOOK;
import static care.outcomes.streams.notify.Plans.all;
import static care.outcomes.streams.notify.Plans.hookPlan;
import static care.outcomes.streams.notify.Plans.mail;
import static care.outcomes.streams.notify.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.DeliveryStatus;
import care.outcomes.schemas.record.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final Instant NIGHT = Instant.parse("2026-03-10T23:00:00Z");
    private static final Instant MORNING = Instant.parse("2026-03-11T07:00:00Z");

    private static AlertEvent.Builder event(String id, AlertTransition transition, Severity severity, Instant at) {
        return Alerts.event(id, transition, severity, at);
    }

    private static Instant later(Instant instant) {
        return instant.plusSeconds(2);
    }

    @Test
    void openedIsToldOnceHoweverOftenItComes() {
        Desk desk = new Desk(hookPlan());
        assertThat(desk.take(event("a", OPENED, REVIEW, NOON)).keys(later(NOON)))
                .containsExactly("a·OPENED");
        // The same event again, from a replay into a fresh application id.
        assertThat(desk.take(event("a", OPENED, REVIEW, NOON)).keys(later(NOON)))
                .isEmpty();
        Desk restarted = new Desk(hookPlan(), desk.memory);
        assertThat(restarted.take(event("a", OPENED, REVIEW, NOON)).keys(later(NOON)))
                .isEmpty();
        assertThat(restarted.outbox.dropped()).containsEntry(Outbox.Disposition.REPEATED, 1L);
        assertThat(restarted.outbox.neededFrom()).isEmpty();
    }

    @Test
    void groundsOfOnePatientThatOpenTogetherMakeOneMessage() {
        Desk desk = new Desk(hookPlan());
        desk.take(event("a", OPENED, REVIEW, NOON))
                .take(event("b", OPENED, HIGH, NOON.plusMillis(300)))
                .take(event("c", OPENED, REVIEW, NOON).setSubject("q").setPatientKey("q"));
        assertThat(desk.claim(NOON.plusMillis(500))).isEmpty();
        List<Message> sent = desk.send(later(NOON));
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0).notices()).extracting(Notice::alertId).containsExactly("b", "a");
        assertThat(sent.get(0).id()).isEqualTo("b·OPENED");
        assertThat(sent.get(1).notices()).extracting(Notice::alertId).containsExactly("c");
    }

    @Test
    void quietHoursHoldAndGatherAndTheNextMorningTells() {
        Desk desk = new Desk(hookPlan());
        desk.take(event("a", OPENED, REVIEW, NIGHT))
                .take(event("b", OPENED, HIGH, NIGHT.plusSeconds(60)).setSubject("q"));
        assertThat(desk.send(NIGHT.plusSeconds(120))).isEmpty();
        assertThat(desk.outbox.held()).containsEntry("hook", 2L);
        assertThat(desk.outbox.neededFrom()).containsEntry(0, 0L);
        assertThat(desk.outbox.due(NIGHT.plusSeconds(121)).nextLook()).isEqualTo(MORNING);
        assertThat(desk.send(MORNING.minusMillis(1))).isEmpty();
        List<Message> sent = desk.send(MORNING);
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).notices()).extracting(Notice::alertId).containsExactly("b", "a");
        assertThat(desk.outbox.neededFrom()).isEmpty();
    }

    @Test
    void quietHoursAreThoseOfTheClinic() {
        Desk desk = new Desk(hookPlan());
        // 23:00 UTC is 19:00 in New York; 02:00 UTC is 22:00 there.
        assertThat(desk.take(event("a", OPENED, REVIEW, NIGHT).setClinicId("C2"))
                        .keys(later(NIGHT)))
                .containsExactly("a·OPENED");
        Instant lateThere = NIGHT.plus(Duration.ofHours(3));
        assertThat(desk.take(event("b", OPENED, REVIEW, lateThere).setClinicId("C2"))
                        .keys(later(lateThere)))
                .isEmpty();
        assertThat(desk.keys(MORNING)).isEmpty();
        assertThat(desk.keys(Instant.parse("2026-03-11T11:00:00Z"))).containsExactly("b·OPENED");
    }

    @Test
    void suicidalityWaitsForNothing() {
        DeliveryPlan plan =
                plan(List.of(all("hook", "mail")), HOOK, mail(new Digest(LocalTime.parse("07:30"), ZoneOffset.UTC)));
        Desk desk = new Desk(plan);
        desk.take(event("s", OPENED, REVIEW, NIGHT).setRule(DeliveryPlan.SUICIDALITY));
        assertThat(desk.send(NIGHT)).extracting(Message::channel).containsExactlyInAnyOrder("hook", "mail");
    }

    @Test
    void whatIsOverBeforeItCouldBeToldIsNotToldButSuicidalityIs() {
        Desk desk = new Desk(hookPlan());
        desk.take(event("a", OPENED, REVIEW, NIGHT))
                .take(event("b", OPENED, REVIEW, NIGHT))
                .take(event("a", RESOLVED, REVIEW, NIGHT.plusSeconds(60)))
                .take(event("b", RETRACTED, REVIEW, NIGHT.plusSeconds(60)).setReason("GROUND_LOST"))
                .take(event("s", OPENED, URGENT, NIGHT).setRule(DeliveryPlan.SUICIDALITY))
                .take(event("s", RESOLVED, URGENT, NIGHT.plusSeconds(60)).setRule(DeliveryPlan.SUICIDALITY));
        List<Message> sent = desk.send(MORNING);
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).notices()).extracting(Notice::key).containsExactly("s·OPENED");
        assertThat(sent.get(0).notices().get(0).over()).isTrue();
        assertThat(desk.outbox.dropped()).containsEntry(Outbox.Disposition.ENDED, 2L);
    }

    @Test
    void aSuicidalityAlertThatEndedLongAgoIsHistory() {
        Desk desk = new Desk(hookPlan());
        desk.take(event("s", OPENED, URGENT, NOON).setRule(DeliveryPlan.SUICIDALITY))
                .take(event("s", RESOLVED, URGENT, NOON.plusSeconds(60)).setRule(DeliveryPlan.SUICIDALITY));
        assertThat(desk.send(NOON.plus(Duration.ofDays(15)))).isEmpty();
    }

    @Test
    void escalationIsToldOnTopAndOnlyUpwards() {
        Desk desk = new Desk(hookPlan());
        desk.take(event("a", OPENED, REVIEW, NOON));
        desk.send(later(NOON));
        desk.take(event("a", ESCALATED, HIGH, NOON.plusSeconds(60)));
        assertThat(desk.keys(NOON.plusSeconds(90))).containsExactly("a·ESCALATED·HIGH");
        desk.take(event("a", ESCALATED, HIGH, NOON.plusSeconds(100)));
        assertThat(desk.keys(NOON.plusSeconds(200))).isEmpty();
        desk.take(event("a", ESCALATED, URGENT, NOON.plusSeconds(300)));
        assertThat(desk.keys(NOON.plusSeconds(400))).containsExactly("a·ESCALATED·URGENT");
    }

    @Test
    void whatRoseBeforeItWasToldIsOneMessageWithBoth() {
        QuietHours forReview = new QuietHours(
                Set.of(), Set.of(REVIEW), Set.of(), LocalTime.parse("20:00"), LocalTime.parse("07:00"), null);
        DeliveryPlan base = hookPlan();
        DeliveryPlan plan = new DeliveryPlan(
                base.link(),
                base.zone(),
                base.clinicZones(),
                base.groupWindow(),
                base.retry(),
                base.channels(),
                base.routes(),
                List.of(forReview));
        Desk desk = new Desk(plan);
        desk.take(event("a", OPENED, REVIEW, NIGHT));
        assertThat(desk.send(later(NIGHT))).isEmpty();
        desk.take(event("a", ESCALATED, HIGH, NIGHT.plusSeconds(60)));
        List<Message> sent = desk.send(NIGHT.plusSeconds(90));
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).notices()).extracting(Notice::key).containsExactly("a·ESCALATED·HIGH", "a·OPENED");
    }

    @Test
    void resolvedIsToldWhereARouteAsksAndRetractedWhereOpenedWasTold() {
        Route review = new Route(Set.of(), Set.of(REVIEW), Set.of(), Set.of(OPENED, RESOLVED), Set.of("mail"));
        Desk desk = new Desk(plan(List.of(all("hook"), review), HOOK, mail(null)));
        desk.take(event("a", OPENED, REVIEW, NOON))
                .take(event("b", OPENED, INFO, NOON).setSubject("q"));
        assertThat(desk.send(later(NOON))).hasSize(3);
        desk.take(event("a", RESOLVED, REVIEW, NOON.plusSeconds(60)))
                .take(event("b", RETRACTED, INFO, NOON.plusSeconds(60)).setReason("GROUND_LOST"));
        assertThat(desk.send(NOON.plusSeconds(90)))
                .extracting(message -> message.channel() + " " + message.id())
                .containsExactlyInAnyOrder("mail a·RESOLVED", "hook b·RETRACTED");
    }

    @Test
    void acknowledgedIsNoNewsAndSnoozedSilencesItsSeverity() {
        Desk desk = new Desk(hookPlan());
        desk.take(event("a", OPENED, REVIEW, NIGHT))
                .take(event("a", SNOOZED, REVIEW, NIGHT.plusSeconds(1)))
                .take(event("b", ACKNOWLEDGED, REVIEW, NIGHT));
        assertThat(desk.send(MORNING)).isEmpty();
        assertThat(desk.outbox.dropped()).containsEntry(Outbox.Disposition.SNOOZED, 1L);
        desk.take(event("a", ESCALATED, HIGH, NOON.plus(Duration.ofDays(1))));
        assertThat(desk.keys(NOON.plus(Duration.ofDays(1)).plusSeconds(5))).containsExactly("a·ESCALATED·HIGH");
        desk.take(event("s", OPENED, REVIEW, NOON).setRule(DeliveryPlan.SUICIDALITY))
                .take(event("s", SNOOZED, REVIEW, NOON).setRule(DeliveryPlan.SUICIDALITY));
        assertThat(desk.keys(NOON.plusSeconds(5))).containsExactly("s·OPENED");
    }

    private static AlertRow open() {
        AlertRow row = new AlertRow();
        row.setState(AlertState.OPEN);
        row.setClinics(List.of("C1"));
        return row;
    }

    @Test
    void whatComesBackAfterItWasTakenBackIsToldAgainWhenItHasSettled() {
        Desk desk = new Desk(hookPlan());
        desk.take(event("a", OPENED, REVIEW, NOON));
        desk.send(later(NOON));
        desk.take(event("a", RETRACTED, REVIEW, NOON.plusSeconds(60)).setReason("GROUND_LOST"));
        assertThat(desk.keys(NOON.plusSeconds(90))).containsExactly("a·RETRACTED");
        // A replay tells it again and takes it back: nobody hears.
        desk.take(event("a", OPENED, REVIEW, NOON.plusSeconds(600)));
        assertThat(desk.keys(NOON.plusSeconds(601))).isEmpty();
        desk.take(event("a", RETRACTED, REVIEW, NOON.plusSeconds(660)).setReason("GROUND_LOST"));
        assertThat(desk.keys(NOON.plusSeconds(9_000))).isEmpty();
        // The correction is undone.
        desk.take(event("a", OPENED, REVIEW, NOON.plusSeconds(10_000)));
        assertThat(desk.keys(NOON.plusSeconds(10_100))).isEmpty();
        assertThat(desk.keys(NOON.plusSeconds(10_600))).containsExactly("a·OPENED·2");
    }

    @Test
    void whatIsClaimedIsFinishedUnchangedAfterACrash() {
        Desk desk = new Desk(hookPlan());
        desk.take(event("a", OPENED, REVIEW, NOON)).take(event("b", OPENED, HIGH, NOON));
        List<Message> claimed = desk.claim(later(NOON));
        assertThat(claimed).hasSize(1);
        // Killed here. A third ground of the patient has come meanwhile, and one is over.
        Desk restarted = new Desk(hookPlan(), desk.memory);
        List<Message> again = restarted.outbox.claimedBefore(partition -> partition == 0);
        assertThat(again).hasSize(1);
        assertThat(again.get(0).again()).isTrue();
        assertThat(again.get(0).id()).isEqualTo(claimed.get(0).id());
        assertThat(again.get(0).notices()).isEqualTo(claimed.get(0).notices());
        assertThat(restarted.outbox.claimedBefore(partition -> partition == 1)).isEmpty();
        restarted.outbox.resume(again.get(0));
        restarted
                .take(event("c", OPENED, REVIEW, NOON.plusSeconds(5)))
                .take(event("a", RETRACTED, REVIEW, NOON.plusSeconds(5)).setReason("GROUND_LOST"));
        assertThat(restarted.claim(NOON.plusSeconds(20)))
                .extracting(Message::id)
                .containsExactly("c·OPENED");
        restarted.outbox.ended(again.get(0), DeliveryStatus.SENT, NOON.plusSeconds(21), 1, null);
        assertThat(restarted.keys(NOON.plusSeconds(22))).containsExactly("a·RETRACTED");
        assertThat(restarted.outbox.claimedBefore(partition -> true))
                .extracting(Message::id)
                .containsExactly("c·OPENED");
    }

    @Test
    void whatWasGivenUpIsNotTakenBackButARiseIsToldAnew() {
        Desk desk = new Desk(hookPlan());
        desk.take(event("a", OPENED, REVIEW, NOON)).take(event("b", OPENED, REVIEW, NOON));
        desk.claim(later(NOON))
                .forEach(message -> desk.outbox.ended(message, DeliveryStatus.DEAD_LETTERED, NOON, 9, "HTTP 400"));
        desk.take(event("a", RETRACTED, REVIEW, NOON.plusSeconds(60)).setReason("GROUND_LOST"))
                .take(event("b", ESCALATED, URGENT, NOON.plusSeconds(60)));
        assertThat(desk.keys(NOON.plusSeconds(90))).containsExactly("b·ESCALATED·URGENT");
    }

    @Test
    void whatWasGivenUpAndStillStandsIsTriedAgainUnderItsKey() {
        Desk desk = new Desk(hookPlan());
        desk.take(event("a", OPENED, REVIEW, NOON))
                .take(event("b", OPENED, REVIEW, NOON).setSubject("q"));
        desk.claim(later(NOON))
                .forEach(message -> desk.outbox.ended(message, DeliveryStatus.DEAD_LETTERED, NOON, 9, "HTTP 400"));
        Desk restarted = new Desk(hookPlan(), desk.memory);
        restarted.outbox.accept("a", open());
        Instant now = NOON.plusSeconds(90_000);
        assertThat(restarted
                        .outbox
                        .redrive(partition -> partition == 1, Set.of("hook"), now)
                        .messages())
                .isEmpty();
        assertThat(restarted
                        .outbox
                        .redrive(partition -> true, Set.of("other"), now)
                        .messages())
                .isEmpty();
        List<Message> again =
                restarted.outbox.redrive(partition -> true, Set.of("hook"), now).messages();
        assertThat(again).extracting(Message::id).containsExactly("a·OPENED");
        assertThat(restarted.outbox.claimedAt(again.get(0))).isEqualTo(now);
        restarted.outbox.ended(again.get(0), DeliveryStatus.SENT, now, 1, null);
        restarted.take(event("a", RETRACTED, REVIEW, now.plusSeconds(60)).setReason("GROUND_LOST"));
        assertThat(restarted.keys(now.plusSeconds(90))).containsExactly("a·RETRACTED");
    }

    @Test
    void routesChooseByClinicSeverityAndRuleAndBothClinicsOfATransferSeeIt() {
        Route second = new Route(Set.of("C2"), Set.of(), Set.of(), Route.USUAL, Set.of("mail"));
        Route grave = new Route(
                Set.of("C1"), Set.of(HIGH, URGENT), Set.of("reliable-deterioration"), Route.USUAL, Set.of("hook"));
        Desk desk = new Desk(plan(List.of(second, grave), HOOK, mail(null)));
        desk.take(event("a", OPENED, REVIEW, NOON))
                .take(event("b", OPENED, HIGH, NOON))
                .take(event("c", OPENED, HIGH, NOON).setRule("other"));
        AlertRow row = new AlertRow();
        row.setState(AlertState.OPEN);
        row.setClinics(List.of("C1", "C2"));
        desk.outbox.accept("b", row);
        assertThat(desk.send(later(NOON)))
                .extracting(message -> message.channel() + " " + message.id())
                .containsExactlyInAnyOrder("hook b·OPENED", "mail b·OPENED");
        assertThat(desk.outbox.dropped()).containsEntry(Outbox.Disposition.UNROUTED, 2L);
    }

    @Test
    void aRowThatHasGoneTakesItsHeldNoticeAlong() {
        Desk desk = new Desk(hookPlan());
        desk.take(event("a", OPENED, REVIEW, NIGHT));
        desk.send(later(NIGHT));
        desk.outbox.accept("a", null);
        assertThat(desk.send(MORNING)).isEmpty();
    }

    @Test
    void backDatedGroundsOfALoadMakeOneMessage() {
        Desk desk = new Desk(hookPlan());
        for (int i = 0; i < 30; i++) {
            desk.take(event("a" + i, OPENED, REVIEW, NOON).setSubject("p" + i).setBackdated(true));
        }
        List<Message> sent = desk.send(later(NOON));
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).notices()).hasSize(30).allMatch(Notice::backdated);
    }

    @Test
    void aDigestTellsAllOfADayTogether() {
        Digest digest = new Digest(LocalTime.parse("07:30"), ZoneOffset.UTC);
        Desk desk = new Desk(plan(List.of(all("mail")), mail(digest)));
        desk.take(event("a", OPENED, INFO, NOON))
                .take(event("b", OPENED, INFO, NIGHT).setSubject("q"));
        assertThat(desk.send(MORNING)).isEmpty();
        List<Message> sent = desk.send(Instant.parse("2026-03-11T07:30:00Z"));
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).notices()).hasSize(2);
    }
}
