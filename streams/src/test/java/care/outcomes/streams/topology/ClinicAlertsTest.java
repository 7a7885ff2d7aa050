package care.outcomes.streams.topology;

import static care.outcomes.streams.topology.FactRecords.NETWORK;
import static care.outcomes.streams.topology.FactRecords.day;
import static care.outcomes.streams.topology.FactRecords.noon;
import static care.outcomes.streams.topology.FactRecords.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.ActionKind;
import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.ChartPoint;
import care.outcomes.schemas.record.ChartRow;
import care.outcomes.schemas.record.ClinicSettings;
import care.outcomes.schemas.record.LoadMarker;
import care.outcomes.schemas.record.QualityAction;
import care.outcomes.streams.alert.Alert;
import care.outcomes.streams.alert.ClinicLedger;
import care.outcomes.streams.alert.Drift;
import care.outcomes.streams.timeline.Horizon;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Alerts about clinics themselves; the wall clock begins at noon of day 70. */
class ClinicAlertsTest {

    private static final String CLINIC = NETWORK + "·C1";

    private final Driven driven =
            new Driven(HorizonMode.live(), Duration.ofMinutes(10), noon(70), Driven.caughtUp(), 1);

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void silenceIsToldActedOnAndEndsWhenDataCome() {
        driven.send(score(69, 12).build());
        pass(Duration.ofDays(13));
        assertThat(driven.clinicAlerts()).as("fourteen days without anything").isEmpty();
        pass(Duration.ofDays(1));
        assertThat(driven.clinicAlerts()).singleElement().satisfies(row -> {
            assertThat(row.getRule()).isEqualTo("feed-silent");
            assertThat(row.getState()).isEqualTo(AlertState.OPEN);
            assertThat(row.getSubject()).isEqualTo(CLINIC);
            assertThat(row.getPatientKey()).isNull();
            assertThat(row.getOpenedAt())
                    .isEqualTo(day(84).atStartOfDay(ZoneOffset.UTC).toInstant());
            assertThat(row.getText()).contains("more than 14 days");
            assertThat(row.getBackdated()).isFalse();
        });

        AlertRow alert = driven.clinicAlerts().get(0);
        driven.act(QualityAction.newBuilder()
                .setActionId("1")
                .setNetworkId(NETWORK)
                .setSubject(CLINIC)
                .setAlertId(alert.getAlertId())
                .setKind(ActionKind.ACKNOWLEDGE)
                .setActor("it")
                .setAt(noon(84))
                .build());
        pass(Duration.ofSeconds(1));
        assertThat(driven.clinicAlerts()).extracting(AlertRow::getState).containsExactly(AlertState.ACKNOWLEDGED);

        driven.send(score(84, 11).build());
        pass(Duration.ofSeconds(1));
        assertThat(driven.clinicAlerts())
                .extracting(AlertRow::getState, AlertRow::getEndReason, AlertRow::getLastActor)
                .containsExactly(tuple(AlertState.RESOLVED, "DATA_CAME", "it"));
        assertThat(driven.clinicEvents())
                .extracting(AlertEvent::getTransition)
                .containsExactly(AlertTransition.OPENED, AlertTransition.ACKNOWLEDGED, AlertTransition.RESOLVED);
        assertThat(driven.rejected()).isEmpty();
    }

    @Test
    void aClinicMayHaveACadenceOfItsOwn() {
        driven.send(
                Topics.CLINIC,
                CLINIC,
                ClinicSettings.newBuilder()
                        .setNetworkId(NETWORK)
                        .setClinicId("C1")
                        .setFeedCadenceDays(3)
                        .build());
        driven.send(score(69, 12).build());
        pass(Duration.ofDays(3));
        assertThat(driven.clinicAlerts()).extracting(AlertRow::getState).containsExactly(AlertState.OPEN);
    }

    @Test
    void silenceThatLateRecordsFillWasNone() {
        driven.send(score(69, 12).build());
        pass(Duration.ofDays(14));
        assertThat(driven.clinicAlerts()).extracting(AlertRow::getState).containsExactly(AlertState.OPEN);
        driven.send(score(75, 12).build());
        pass(Duration.ofSeconds(1));
        assertThat(driven.clinicAlerts()).extracting(AlertRow::getState).containsExactly(AlertState.RETRACTED);
    }

    @Test
    void whileALoadIsOpenNothingLooksSilent() {
        driven.load(LoadMarker.newBuilder()
                .setLoadId("l")
                .setNetworkId(NETWORK)
                .setOpenedAt(noon(70))
                .setExpiresAt(noon(71))
                .build());
        driven.send(score(10, 12).build());
        pass(Duration.ofHours(1));
        assertThat(driven.clinicAlerts()).isEmpty();
        pass(Duration.ofDays(1));
        assertThat(driven.clinicAlerts())
                .extracting(AlertRow::getState, AlertRow::getBackdated)
                .containsExactly(tuple(AlertState.OPEN, true));
    }

    @Test
    void aChartDriftsFromItsFirstPointOutsideToTheFirstInside() {
        ChartRow row = ChartRow.newBuilder()
                .setNetworkId(NETWORK)
                .setClinicId("C1")
                .setTreatment("RTMS")
                .setInstrument("phq9")
                .setPoints(List.of(
                        point(1, 1.0, null),
                        point(5, 4.5, null),
                        point(6, 5.0, null),
                        point(9, 0.0, null),
                        point(12, 0.1, 0.2)))
                .build();
        Drift drift = new Drift(
                "RTMS", "phq9", List.of(new Drift.Run(epoch(5), 4.5, epoch(9)), new Drift.Run(epoch(12), 0.1, null)));
        assertThat(DriftRuns.of("RTMS", "phq9", row, 4.5)).isEqualTo(drift);
        assertThat(DriftRuns.signal(new Output.Row(Topics.CHART, "north·C·1·RTMS·phq9", null), 4.5).key)
                .isEqualTo("north·C·1");

        ClinicLedger.Clinic clinic = new ClinicLedger.Clinic(NETWORK, "C1", 14, ZoneId.of("UTC"));
        Horizon horizon = Horizon.at(noon(8), ZoneId.of("UTC"));
        assertThat(ClinicLedger.of(clinic, new TreeSet<>(), List.of(drift), horizon, AlertRules.load())
                        .alerts())
                .as("read up to the horizon")
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.rule()).isEqualTo("clinic-drift");
                    assertThat(alert.treatment()).isEqualTo("RTMS");
                    assertThat(alert.open()).isTrue();
                    assertThat(alert.text()).contains("phq9").contains("RTMS").doesNotContain("{");
                });
        Horizon later = Horizon.at(noon(20), ZoneId.of("UTC"));
        assertThat(ClinicLedger.of(clinic, new TreeSet<>(), List.of(drift), later, AlertRules.load())
                        .alerts())
                .extracting(Alert::open)
                .containsExactlyInAnyOrder(false, true);
    }

    private void pass(Duration time) {
        driven.pass().pass(time).pass(Duration.ofSeconds(1)).pass(Duration.ofSeconds(1));
    }

    private static int epoch(int day) {
        return (int) day(day).toEpochDay();
    }

    /** With an average of 0.1 where there is a limit. */
    private static ChartPoint point(int day, double sum, @Nullable Double low) {
        return ChartPoint.newBuilder()
                .setOn(day(day))
                .setCusum(sum)
                .setEwma(low == null ? null : Double.valueOf(0.1))
                .setEwmaLow(low)
                .build();
    }
}
