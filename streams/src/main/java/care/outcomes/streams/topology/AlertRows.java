package care.outcomes.streams.topology;

import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.streams.alert.Alert;
import care.outcomes.streams.alert.Evidence;
import care.outcomes.streams.topology.state.Told;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From what there is to tell to rows and events. */
final class AlertRows {

    private final String networkId;
    private final String ruleset;
    private final long revision;
    private final Instant now;

    /**
     * For one patient at one moment.
     *
     * @param revision grows with each change of the patient's rows
     * @param now wall clock, epoch milliseconds
     */
    AlertRows(String networkId, String ruleset, long revision, long now) {
        this.networkId = networkId;
        this.ruleset = ruleset;
        this.revision = revision;
        this.now = Instant.ofEpochMilli(now);
    }

    List<Output.Row> of(Telling.Step step) {
        Told told = step.told();
        String alertId = told.alert().alertId();
        if (step.forgotten()) {
            return List.of(new Output.Row(Topics.ALERT, alertId, null));
        }
        List<Output.Row> rows = new ArrayList<>();
        rows.add(new Output.Row(Topics.ALERT, alertId, row(told)));
        AlertTransition transition = step.event();
        if (transition != null) {
            AlertEvent event = event(told, transition, step.reason());
            rows.add(new Output.Row(Topics.ALERT_EVENT, event.getSubject(), event));
        }
        return rows;
    }

    private AlertRow row(Told told) {
        Alert alert = told.alert();
        AlertRow row = new AlertRow();
        row.setAlertId(alert.alertId());
        row.setNetworkId(networkId);
        row.setRule(alert.rule());
        row.setRuleVersion(alert.ruleVersion());
        row.setSeverity(alert.severity());
        row.setState(told.state());
        row.setSubject(subject(alert));
        row.setPatientKey(alert.patientKey());
        row.setClinicId(alert.clinicId());
        row.setClinics(alert.clinics());
        row.setTreatment(alert.treatment());
        row.setOrdinal(alert.ordinal());
        row.setOpenedAt(Instant.ofEpochMilli(alert.openedAt()));
        row.setEndedAt(instant(alert.endedAt()));
        row.setEndReason(alert.endReason());
        row.setText(alert.text());
        row.setThresholds(alert.thresholds());
        row.setEvidence(alert.evidence().stream().map(AlertRows::evidence).toList());
        row.setReplaces(told.replaces());
        row.setBackdated(told.backdated());
        row.setHeld(told.held());
        row.setRuleset(ruleset);
        row.setRevision(revision);
        row.setPublishedAt(now);
        return row;
    }

    private AlertEvent event(Told told, AlertTransition transition, @Nullable String reason) {
        Alert alert = told.alert();
        AlertEvent event = new AlertEvent();
        event.setAlertId(alert.alertId());
        event.setNetworkId(networkId);
        event.setRule(alert.rule());
        event.setRuleVersion(alert.ruleVersion());
        event.setSeverity(alert.severity());
        event.setSubject(subject(alert));
        event.setPatientKey(alert.patientKey());
        event.setClinicId(alert.clinicId());
        event.setTransition(transition);
        event.setAt(at(alert, transition));
        event.setReason(reason);
        event.setReplaces(told.replaces());
        event.setBackdated(told.backdated());
        event.setPublishedAt(now);
        return event;
    }

    private Instant at(Alert alert, AlertTransition transition) {
        Instant ended = instant(alert.endedAt());
        return switch (transition) {
            case RETRACTED -> now;
            case RESOLVED -> ended == null ? now : ended;
            default -> Instant.ofEpochMilli(alert.openedAt());
        };
    }

    private String subject(Alert alert) {
        String patientKey = alert.patientKey();
        return patientKey == null ? networkId + "·" + alert.clinicId() : patientKey;
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private static care.outcomes.schemas.record.Evidence evidence(Evidence evidence) {
        care.outcomes.schemas.record.Evidence row = new care.outcomes.schemas.record.Evidence();
        row.setFactId(evidence.factId());
        row.setKind(evidence.kind());
        row.setOn(LocalDate.ofEpochDay(evidence.day()));
        row.setValue(evidence.value());
        return row;
    }
}
