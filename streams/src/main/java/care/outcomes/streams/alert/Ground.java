package care.outcomes.streams.alert;

import care.outcomes.schemas.AlertRule;
import care.outcomes.schemas.record.Severity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reason to look at a patient: when it arose, on what evidence, and when it ended.
 *
 * @param rule version of the rule it arose under
 * @param severity severity of its level
 * @param clinicId clinic of record
 * @param about course it is about; null for raw-score rules
 * @param anchor fact it hangs on
 * @param occurrence what tells it from other grounds on the same anchor; empty for once-a-course rules
 * @param day civil day on which it arose, epoch day
 * @param openedAt when it arose, epoch milliseconds
 * @param end when and why it ended; null while it stands
 * @param resolvesWhenAcknowledgedFrom instant from which an acknowledgement ends it, epoch milliseconds; null: none
 * @param words values for the placeholders of the wording
 * @param limits numbers it was measured against
 * @param evidence facts it rests on
 */
record Ground(
        AlertRule rule,
        Severity severity,
        String clinicId,
        @Nullable About about,
        String anchor,
        String occurrence,
        int day,
        long openedAt,
        @Nullable End end,
        @Nullable Long resolvesWhenAcknowledgedFrom,
        Map<String, Object> words,
        Map<String, Double> limits,
        List<Evidence> evidence) {

    /** A course. */
    record About(String treatment, int ordinal) {}

    /** The end of a ground. */
    record End(long at, String reason) {}

    /** The same, ended; not before it arose. */
    Ground ended(long at, String reason) {
        return with(new End(Math.max(at, openedAt), reason), resolvesWhenAcknowledgedFrom);
    }

    /** The same, which an acknowledgement ends from now on. */
    Ground acknowledgeable(long from) {
        return with(end, from);
    }

    /** The same, standing on, as grave as another and on its evidence. */
    Ground graver(Ground graver) {
        return new Ground(
                rule,
                graver.severity,
                clinicId,
                about,
                anchor,
                occurrence,
                day,
                openedAt,
                null,
                null,
                graver.words,
                graver.limits,
                graver.evidence);
    }

    private Ground with(@Nullable End other, @Nullable Long acknowledgeable) {
        return new Ground(
                rule,
                severity,
                clinicId,
                about,
                anchor,
                occurrence,
                day,
                openedAt,
                other,
                acknowledgeable,
                words,
                limits,
                evidence);
    }
}
