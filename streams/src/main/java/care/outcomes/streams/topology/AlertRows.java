package care.outcomes.streams.topology;

import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.ActionTaken;
import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.ResolvedBy;
import care.outcomes.streams.alert.Action;
import care.outcomes.streams.alert.Alert;
import care.outcomes.streams.alert.Evidence;
import care.outcomes.streams.alert.Standing;
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
        for (Telling.Event it : step.events()) {
            AlertEvent event = event(told, it);
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
        stand(row, told.standing());
        row.setBackdated(told.backdated());
        row.setHeld(told.held());
        row.setRuleset(ruleset);
        row.setRevision(revision);
        row.setPublishedAt(now);
        return row;
    }

    private static void stand(AlertRow row, Standing standing) {
        row.setAssignee(standing.assignee());
        row.setSnoozedUntil(instant(standing.snoozedUntil()));
        row.setResolvedBy(standing.resolvedBy());
        row.setOutcome(standing.outcome());
        if (standing.resolvedBy() == ResolvedBy.PERSON) {
            row.setEndedAt(instant(standing.resolvedAt()));
            row.setEndReason(standing.outcome());
        } else if (standing.resolvedBy() == ResolvedBy.DATA && row.getEndedAt() == null) {
            row.setEndedAt(instant(standing.resolvedAt()));
            row.setEndReason(Standing.LOWER_AND_ACKNOWLEDGED);
        }
        Action last = standing.last();
        row.setLastActor(last == null ? null : last.actor());
        row.setLastActedAt(last == null ? null : Instant.ofEpochMilli(last.at()));
        row.setActions(standing.taken().stream().map(AlertRows::taken).toList());
    }

    private static ActionTaken taken(Standing.Taken taken) {
        Action action = taken.action();
        ActionTaken row = new ActionTaken();
        row.setActionId(action.actionId());
        row.setKind(action.kind());
        row.setActor(action.actor());
        row.setAt(Instant.ofEpochMilli(action.at()));
        row.setUntil(instant(action.until()));
        row.setAssignee(action.assignee());
        row.setOutcome(action.outcome());
        row.setNote(action.note());
        row.setRefused(taken.reason());
        return row;
    }

    private AlertEvent event(Told told, Telling.Event it) {
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
        event.setTransition(it.transition());
        event.setAt(Instant.ofEpochMilli(it.at()));
        event.setState(it.state());
        event.setReason(it.reason());
        Action action = it.action();
        if (action != null) {
            event.setActionId(action.actionId());
            event.setActor(action.actor());
            event.setUntil(instant(action.until()));
            event.setAssignee(action.assignee());
            event.setOutcome(action.outcome());
            event.setNote(action.note());
        }
        event.setReplaces(told.replaces());
        event.setBackdated(told.backdated());
        event.setPublishedAt(now);
        return event;
    }

    private String subject(Alert alert) {
        String patientKey = alert.patientKey();
        return patientKey == null ? clinic(networkId, alert.clinicId()) : patientKey;
    }

    /** Subject of alerts that are about a clinic, or about somebody there who is not known. */
    static String clinic(String networkId, String clinicId) {
        return networkId + "·" + clinicId;
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
