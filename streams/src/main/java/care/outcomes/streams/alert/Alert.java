package care.outcomes.streams.alert;

import care.outcomes.schemas.record.Severity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An alert of the ledger: one ground of one rule, from when it arose until it ended. It asks for review and carries its
 * evidence.
 *
 * @param alertId hash of network, rule, anchor and occurrence: the same ground gets the same id in any order of arrival
 * @param rule rule id
 * @param ruleVersion version of the rule in force when the ground arose
 * @param severity highest severity the ground reached
 * @param clinicId clinic of record of the course, or of the score
 * @param clinics clinics that see it: the clinic of record, then the one the patient had moved to while it stood
 * @param patientKey patient; null where the score has none, then the clinic is the subject
 * @param treatment treatment of the course; null for raw-score rules
 * @param ordinal ordinal of the course; null for raw-score rules
 * @param anchor fact the ground hangs on: first dose of the course, or the score
 * @param openedAt when the ground arose, epoch milliseconds
 * @param endedAt when it ended, epoch milliseconds; null while it stands
 * @param endReason why it ended
 * @param resolvesWhenAcknowledgedFrom where data alone does not end it, the instant from which an acknowledgement does,
 *     epoch milliseconds; null: not yet, or data ends it
 * @param text wording
 * @param thresholds numbers of the rule
 * @param evidence facts it rests on, in order
 */
public record Alert(
        String alertId,
        String rule,
        String ruleVersion,
        Severity severity,
        String clinicId,
        List<String> clinics,
        @Nullable String patientKey,
        @Nullable String treatment,
        @Nullable Integer ordinal,
        String anchor,
        long openedAt,
        @Nullable Long endedAt,
        @Nullable String endReason,
        @Nullable Long resolvesWhenAcknowledgedFrom,
        String text,
        Map<String, Double> thresholds,
        List<Evidence> evidence) {

    /** An alert that data alone ends. */
    public Alert(
            String alertId,
            String rule,
            String ruleVersion,
            Severity severity,
            String clinicId,
            List<String> clinics,
            @Nullable String patientKey,
            @Nullable String treatment,
            @Nullable Integer ordinal,
            String anchor,
            long openedAt,
            @Nullable Long endedAt,
            @Nullable String endReason,
            String text,
            Map<String, Double> thresholds,
            List<Evidence> evidence) {
        this(
                alertId,
                rule,
                ruleVersion,
                severity,
                clinicId,
                clinics,
                patientKey,
                treatment,
                ordinal,
                anchor,
                openedAt,
                endedAt,
                endReason,
                null,
                text,
                thresholds,
                evidence);
    }

    /** Whether the ground still stands. */
    public boolean open() {
        return endedAt == null;
    }
}
