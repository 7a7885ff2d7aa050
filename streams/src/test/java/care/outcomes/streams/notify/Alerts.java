package care.outcomes.streams.notify;

import care.outcomes.schemas.GeneratedRecords;
import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.Severity;
import java.time.Instant;

/** Events as the pipeline publishes them. */
public final class Alerts {
    static {
        GeneratedRecords.trust();
    }

    private Alerts() {}

    /** An event of an alert of patient {@code p}, clinic C1, told as it happens. */
    public static AlertEvent.Builder event(String alertId, AlertTransition transition, Severity severity, Instant at) {
        return AlertEvent.newBuilder()
                .setAlertId(alertId)
                .setNetworkId("net")
                .setRule("reliable-deterioration")
                .setRuleVersion("1")
                .setSeverity(severity)
                .setSubject("p")
                .setPatientKey("p")
                .setClinicId("C1")
                .setTransition(transition)
                .setAt(at)
                .setPublishedAt(at);
    }
}
