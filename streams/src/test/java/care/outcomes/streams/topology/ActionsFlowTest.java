package care.outcomes.streams.topology;

import static care.outcomes.streams.topology.FactRecords.NETWORK;
import static care.outcomes.streams.topology.FactRecords.PATIENT;
import static care.outcomes.streams.topology.FactRecords.dose;
import static care.outcomes.streams.topology.FactRecords.event;
import static care.outcomes.streams.topology.FactRecords.noon;
import static care.outcomes.streams.topology.FactRecords.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.ActionKind;
import care.outcomes.schemas.record.ActionTaken;
import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.Evidence;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.LoadMarker;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.schemas.record.QualityAction;
import care.outcomes.schemas.record.RejectedRecord;
import care.outcomes.schemas.record.ResolvedBy;
import care.outcomes.schemas.record.ScoreFact;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people do about alerts, and loads, through the topology; the wall clock begins at noon of day 70. */
class ActionsFlowTest {

    private static final Duration SETTLE = Duration.ofMinutes(10);
    private static final String DETERIORATION = "reliable-deterioration";

    private final CatchUp catchUp = Driven.caughtUp();
    private final Driven driven = new Driven(HorizonMode.live(), SETTLE, noon(70), catchUp, 1);

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void aSnoozeIsToldShownAndEndsInItsTime() {
        AlertRow alert = deteriorated();
        driven.act(action(alert, "1", ActionKind.SNOOZE, noon(70))
                        .setUntil(noon(72))
                        .build())
                .pass();
        AlertRow snoozed = only(DETERIORATION);
        assertThat(snoozed.getState()).isEqualTo(AlertState.SNOOZED);
        assertThat(snoozed.getSnoozedUntil()).isEqualTo(noon(72));
        assertThat(snoozed.getLastActor()).isEqualTo("dr-a");
        assertThat(snoozed.getLastActedAt()).isEqualTo(noon(70));
        assertThat(snoozed.getActions()).extracting(ActionTaken::getRefused).containsOnlyNulls();

        driven.pass(Duration.ofDays(2)).pass();
        assertThat(only(DETERIORATION).getState()).isEqualTo(AlertState.OPEN);
        assertThat(events(DETERIORATION))
                .extracting(AlertEvent::getTransition, AlertEvent::getState, AlertEvent::getActor)
                .containsExactly(
                        tuple(AlertTransition.OPENED, AlertState.OPEN, null),
                        tuple(AlertTransition.SNOOZED, AlertState.SNOOZED, "dr-a"),
                        tuple(AlertTransition.UNSNOOZED, AlertState.OPEN, null));
    }

    @Test
    void anActionMayComeBeforeItsAlertAndTwice() {
        AlertRow alert = deteriorated();
        try (Driven other = new Driven(HorizonMode.live(), SETTLE, noon(70), catchUp, 1)) {
            QualityAction assign = action(alert, "1", ActionKind.ASSIGN, noon(70))
                    .setAssignee("dr-b")
                    .build();
            QualityAction resolve = action(alert, "2", ActionKind.RESOLVE, noon(70).plusSeconds(5))
                    .setOutcome("TREATMENT_CHANGED")
                    .build();
            other.act(resolve).act(assign).act(resolve).pass(Duration.ofSeconds(6));
            other.send(score(60, 12).build(), dose(61).build(), score(69, 20).build())
                    .pass()
                    .act(assign)
                    .pass();
            driven.act(assign).act(resolve).pass(Duration.ofSeconds(6)).pass();

            AlertRow there = only(other, DETERIORATION);
            assertThat(there.getState()).isEqualTo(AlertState.RESOLVED);
            assertThat(there.getResolvedBy()).isEqualTo(ResolvedBy.PERSON);
            assertThat(there.getOutcome()).isEqualTo("TREATMENT_CHANGED");
            assertThat(there.getAssignee()).isEqualTo("dr-b");
            assertThat(ledger(there)).isEqualTo(ledger(only(DETERIORATION)));
            assertThat(other.events())
                    .as("what has ended before anybody was told needs no notice")
                    .noneMatch(event -> event.getRule().equals(DETERIORATION));
        }
        assertThat(events(DETERIORATION))
                .extracting(AlertEvent::getTransition)
                .containsExactly(AlertTransition.OPENED, AlertTransition.ASSIGNED, AlertTransition.RESOLVED);
    }

    @Test
    void aSnoozeOfSuicidalityIsRefusedAndThatShows() {
        driven.send(answering(PATIENT, 69, 3)).pass();
        AlertRow alert = only("suicidality");
        driven.act(action(alert, "1", ActionKind.SNOOZE, noon(70))
                        .setUntil(noon(90))
                        .build())
                .pass();
        AlertRow after = only("suicidality");
        assertThat(after.getState()).isEqualTo(AlertState.OPEN);
        assertThat(after.getActions()).extracting(ActionTaken::getRefused).containsExactly("NOT_SNOOZABLE");
        assertThat(events("suicidality"))
                .extracting(AlertEvent::getTransition, AlertEvent::getReason)
                .containsExactly(tuple(AlertTransition.OPENED, null), tuple(AlertTransition.REFUSED, "NOT_SNOOZABLE"));
    }

    @Test
    void whoIsNotKnownIsActedOnThroughTheClinic() {
        String unknown = NETWORK + ".clinic.C1";
        driven.send(answering(unknown, 69, 3)).pass();
        AlertRow alert = only("suicidality");
        assertThat(alert.getSubject()).isEqualTo(NETWORK + "·C1");
        driven.act(action(alert, "1", ActionKind.ACKNOWLEDGE, noon(70)).build());
        relay();
        driven.pass();
        assertThat(only("suicidality").getState()).isEqualTo(AlertState.ACKNOWLEDGED);
        assertThat(driven.rejected()).isEmpty();
    }

    @Test
    void aGroundThatGoesOnUnderAnotherIdTakesItsActionsAlong() {
        AlertRow alert = deteriorated();
        driven.act(action(alert, "1", ActionKind.ACKNOWLEDGE, noon(70)).build()).pass();
        driven.send(dose(62).build()).pass();
        assertThat(only(DETERIORATION).getAlertId()).isEqualTo(alert.getAlertId());
        driven.events();

        driven.send(dose(61).setVersion(1)
                        .setStatus(FactStatus.ENTERED_IN_ERROR)
                        .build())
                .pass();
        AlertRow after = only(DETERIORATION);
        assertThat(after.getAlertId()).isNotEqualTo(alert.getAlertId());
        assertThat(after.getReplaces()).isEqualTo(alert.getAlertId());
        assertThat(after.getState()).isEqualTo(AlertState.ACKNOWLEDGED);
        assertThat(after.getLastActor()).isEqualTo("dr-a");
        assertThat(events(DETERIORATION))
                .extracting(AlertEvent::getAlertId, AlertEvent::getTransition, AlertEvent::getReason)
                .containsExactly(
                        tuple(after.getAlertId(), AlertTransition.OPENED, null),
                        tuple(after.getAlertId(), AlertTransition.ACKNOWLEDGED, "STILL"),
                        tuple(alert.getAlertId(), AlertTransition.RETRACTED, "REPLACED"));
    }

    @Test
    void aMergeTakesAlertsAndActionsToTheKeyThatStays() {
        AlertRow alert = deteriorated();
        driven.act(action(alert, "1", ActionKind.ACKNOWLEDGE, noon(70)).build()).pass();
        driven.events();
        String stays = NETWORK + ".0000000000000000000000000000000a";
        driven.send(event(PatientFactKind.MERGE, 69, stays).build());
        relay();
        driven.pass();

        AlertRow after = only(DETERIORATION);
        assertThat(after.getPatientKey()).isEqualTo(stays);
        assertThat(after.getReplaces()).isEqualTo(alert.getAlertId());
        assertThat(after.getState()).isEqualTo(AlertState.ACKNOWLEDGED);
        assertThat(events(DETERIORATION))
                .extracting(AlertEvent::getAlertId, AlertEvent::getTransition, AlertEvent::getReason)
                .containsExactlyInAnyOrder(
                        tuple(alert.getAlertId(), AlertTransition.RETRACTED, "MOVED"),
                        tuple(after.getAlertId(), AlertTransition.OPENED, null),
                        tuple(after.getAlertId(), AlertTransition.ACKNOWLEDGED, "STILL"));
    }

    @Test
    void whatCannotBeUsedIsSetAside() {
        AlertRow alert = deteriorated();
        driven.act(action(alert, "1", ActionKind.SNOOZE, noon(70)).build());
        driven.act(action(alert, "2", ActionKind.ACKNOWLEDGE, noon(75)).build());
        QualityAction other = action(alert, "3", ActionKind.ACKNOWLEDGE, noon(70))
                .setSubject("north.other")
                .build();
        driven.send(Topics.ACTION, alert.getSubject(), other);
        assertThat(driven.rejected())
                .extracting(RejectedRecord::getReason)
                .containsExactlyInAnyOrder("MISSING_VALUE", "IN_FUTURE", "KEY_MISMATCH");
        assertThat(only(DETERIORATION).getActions()).isEmpty();
    }

    /** Two years at once: told is what still stands, and that it is from before. */
    @Test
    void E67_aBulkLoadTellsOnlyWhatStillStandsMarkedBackdated() {
        driven.load(marker(noon(70).plus(Duration.ofHours(2)), null));
        driven.pass();
        driven.send(
                score(0, 12).build(),
                dose(1).build(),
                score(8, 20).build(),
                score(15, 8).build());
        driven.send(score(22, 20).build());
        driven.pass(SETTLE).pass(SETTLE);
        assertThat(driven.alerts()).as("held while the load is open").isEmpty();

        driven.load(marker(noon(70).plus(Duration.ofHours(2)), noon(70).plusSeconds(30)));
        driven.pass();
        assertThat(driven.alerts())
                .filteredOn(row -> row.getRule().equals(DETERIORATION))
                .extracting(AlertRow::getState, AlertRow::getBackdated)
                .containsExactlyInAnyOrder(tuple(AlertState.OPEN, true), tuple(AlertState.RESOLVED, true));
        assertThat(driven.events())
                .filteredOn(event -> event.getRule().equals(DETERIORATION))
                .extracting(AlertEvent::getTransition, AlertEvent::getBackdated)
                .containsExactly(tuple(AlertTransition.OPENED, true));
    }

    @Test
    void aLoaderThatDiedHoldsNothingForLong() {
        driven.load(marker(noon(70).plus(Duration.ofHours(2)), null)).pass();
        driven.send(score(0, 12).build(), dose(1).build(), score(8, 20).build());
        driven.pass(Duration.ofHours(1));
        assertThat(driven.alerts()).isEmpty();
        driven.pass(Duration.ofHours(1)).pass();
        assertThat(driven.alerts()).extracting(AlertRow::getRule).contains(DETERIORATION);
    }

    private static LoadMarker marker(Instant expiresAt, @Nullable Instant closedAt) {
        return LoadMarker.newBuilder()
                .setLoadId("load-1")
                .setNetworkId(NETWORK)
                .setOpenedAt(noon(70))
                .setExpiresAt(expiresAt)
                .setClosedAt(closedAt)
                .build();
    }

    private AlertRow deteriorated() {
        driven.send(score(60, 12).build(), dose(61).build(), score(69, 20).build())
                .pass();
        return only(DETERIORATION);
    }

    private AlertRow only(String rule) {
        return only(driven, rule);
    }

    private static AlertRow only(Driven driven, String rule) {
        List<AlertRow> rows = driven.alerts().stream()
                .filter(row -> row.getRule().equals(rule) && row.getState() != AlertState.RETRACTED)
                .toList();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private List<AlertEvent> events(String rule) {
        return driven.events().stream()
                .filter(event -> event.getRule().equals(rule))
                .toList();
    }

    /** As alerts.ndjson holds it: without what depends on arrival. */
    private static AlertRow ledger(AlertRow row) {
        return AlertRow.newBuilder(row)
                .setHeld(false)
                .setBackdated(false)
                .setRevision(0)
                .setPublishedAt(null)
                .build();
    }

    /** Feeds back what is on its way to another key, until nothing is. */
    private void relay() {
        for (int round = 0; round < 5; round++) {
            driven.sent(Topics.MOVED).forEach(row -> driven.send(Topics.MOVED, row.key, row.value));
        }
    }

    private static QualityAction.Builder action(AlertRow alert, String id, ActionKind kind, Instant at) {
        return QualityAction.newBuilder()
                .setActionId(id)
                .setNetworkId(NETWORK)
                .setSubject(alert.getSubject())
                .setAlertId(alert.getAlertId())
                .setKind(kind)
                .setActor("dr-a")
                .setAt(at)
                .setSeverity(alert.getSeverity())
                .setRule(alert.getRule())
                .setTreatment(alert.getTreatment())
                .setOrdinal(alert.getOrdinal())
                .setEvidence(alert.getEvidence().stream()
                        .filter(evidence -> !evidence.getKind().equals("BASELINE"))
                        .map(Evidence::getFactId)
                        .toList());
    }

    private static ScoreFact answering(String patientKey, int day, int level) {
        Integer[] items = new Integer[9];
        Arrays.fill(items, 1);
        items[8] = level;
        return score(day, 8 + level)
                .setPatientKey(patientKey)
                .setFactId("answer-" + day)
                .setItems(Arrays.asList(items))
                .build();
    }
}
