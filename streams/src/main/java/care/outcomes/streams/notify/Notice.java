package care.outcomes.streams.notify;

import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.Delivery;
import care.outcomes.schemas.record.NotificationRow;
import care.outcomes.schemas.record.Severity;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing to be said about an alert.
 *
 * @param round 1; higher where the alert came back after it was told to be over
 * @param severity severity at this transition
 * @param subject patient key, or network and clinic
 * @param patientKey pseudonym; null where the clinic is the subject
 * @param at when it happened in the life of the ground
 * @param since when the ground arose
 * @param reason why it ended
 * @param backdated whether it came to light late
 * @param over whether the ground had ended before it could be told
 * @param origin first alert of the chain of replacements; the alert itself where there is none
 * @param partition partition its event stands on
 * @param publishedAt when the pipeline told it
 */
public record Notice(
        String alertId,
        String networkId,
        String rule,
        String ruleVersion,
        AlertTransition transition,
        int round,
        Severity severity,
        String subject,
        @Nullable String patientKey,
        String clinicId,
        Instant at,
        Instant since,
        @Nullable String reason,
        boolean backdated,
        boolean over,
        String origin,
        int partition,
        Instant publishedAt) {

    /** The graver first; notices of one alert in the order of its life. The same in every process. */
    static final Comparator<Notice> ORDER = Comparator.<Notice, Boolean>comparing(notice -> !notice.suicidality())
            .thenComparing(Notice::severity, Comparator.reverseOrder())
            .thenComparing(Notice::at)
            .thenComparing(Notice::alertId)
            .thenComparing(Notice::transition)
            .thenComparing(Notice::round);

    /** When an event was published; an event that does not say counts as published when it happened. */
    static Instant published(AlertEvent event) {
        return Objects.requireNonNullElse(event.getPublishedAt(), event.getAt());
    }

    /** What a row of the delivery memory tells. */
    public static Notice of(NotificationRow row) {
        return new Notice(
                row.getAlertId(),
                row.getNetworkId(),
                row.getRule(),
                row.getRuleVersion(),
                row.getTransition(),
                row.getRound(),
                row.getSeverity(),
                row.getSubject(),
                row.getPatientKey(),
                row.getClinicId(),
                row.getAt(),
                row.getSince(),
                row.getReason(),
                row.getBackdated(),
                row.getOver(),
                row.getOrigin(),
                row.getPartition(),
                row.getPublishedAt());
    }

    /**
     * Its name for ever: alert and transition, with the severity reached where it rose, and the round from the second on.
     * What has this name is told once on a channel.
     */
    public String key() {
        return alertId
                + "·"
                + transition
                + (transition == AlertTransition.ESCALATED ? "·" + severity : "")
                + (round > 1 ? "·" + round : "");
    }

    /** Whether it is told at once, whatever the hour. */
    public boolean suicidality() {
        return rule.equals(DeliveryPlan.SUICIDALITY);
    }

    /** Whether it says that the ground stands. */
    public boolean stands() {
        return transition == AlertTransition.OPENED || transition == AlertTransition.ESCALATED;
    }

    /** The row of the delivery memory for it. */
    NotificationRow row(List<Delivery> deliveries) {
        NotificationRow row = new NotificationRow();
        row.setAlertId(alertId);
        row.setNetworkId(networkId);
        row.setRule(rule);
        row.setRuleVersion(ruleVersion);
        row.setTransition(transition);
        row.setRound(round);
        row.setSeverity(severity);
        row.setSubject(subject);
        row.setPatientKey(patientKey);
        row.setClinicId(clinicId);
        row.setAt(at);
        row.setSince(since);
        row.setReason(reason);
        row.setBackdated(backdated);
        row.setOver(over);
        row.setOrigin(origin);
        row.setPartition(partition);
        row.setPublishedAt(publishedAt);
        row.setDeliveries(deliveries);
        return row;
    }
}
