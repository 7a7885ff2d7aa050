package care.outcomes.streams.topology;

import care.outcomes.schemas.record.QualityAction;
import care.outcomes.streams.alert.Action;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Actions as they travel, and as the ledger takes them. */
final class ActionRecords {

    private ActionRecords() {}

    /** Reads one that has passed its check. */
    static Action read(QualityAction it) {
        Instant until = it.getUntil();
        String rule = it.getRule();
        return new Action(
                it.getActionId(),
                it.getAlertId(),
                it.getKind(),
                it.getActor(),
                it.getAt().toEpochMilli(),
                it.getSeverity(),
                until == null ? null : until.toEpochMilli(),
                it.getAssignee(),
                it.getOutcome(),
                it.getNote(),
                rule == null ? null : new Action.About(rule, it.getTreatment(), it.getOrdinal(), it.getEvidence()));
    }

    /** One on its way to another subject. */
    static QualityAction write(Action action, String subject) {
        QualityAction it = new QualityAction();
        it.setActionId(action.actionId());
        it.setNetworkId(Intake.networkOf(subject));
        it.setSubject(subject);
        it.setAlertId(action.alertId());
        it.setKind(action.kind());
        it.setActor(action.actor());
        it.setAt(Instant.ofEpochMilli(action.at()));
        it.setSeverity(action.severity());
        Long until = action.until();
        it.setUntil(until == null ? null : Instant.ofEpochMilli(until));
        it.setAssignee(action.assignee());
        it.setOutcome(action.outcome());
        it.setNote(action.note());
        Action.@Nullable About about = action.about();
        if (about != null) {
            it.setRule(about.rule());
            it.setTreatment(about.treatment());
            it.setOrdinal(about.ordinal());
            it.setEvidence(about.evidence());
        }
        return it;
    }
}
