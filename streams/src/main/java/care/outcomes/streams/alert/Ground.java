package care.outcomes.streams.alert;

import care.outcomes.schemas.record.Severity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reason to look at a patient: when it arose, on what evidence, and when it ended.
 *
 * @param rule rule id
 * @param severity severity, where the ground has levels; null: that of the rule
 * @param clinicId clinic of record
 * @param about course it is about; null for raw-score rules
 * @param anchor fact it hangs on
 * @param occurrence what tells it from other grounds on the same anchor; empty for once-a-course rules
 * @param day civil day on which it arose, epoch day
 * @param openedAt when it arose, epoch milliseconds
 * @param end when and why it ended; null while it stands
 * @param words values for the placeholders of the wording
 * @param limits numbers of the treatment or instrument it was measured against
 * @param evidence facts it rests on
 */
record Ground(
        String rule,
        @Nullable Severity severity,
        String clinicId,
        @Nullable About about,
        String anchor,
        String occurrence,
        int day,
        long openedAt,
        @Nullable End end,
        Map<String, Object> words,
        Map<String, Double> limits,
        List<Evidence> evidence) {

    /** A course. */
    record About(String treatment, int ordinal) {}

    /** The end of a ground. */
    record End(long at, String reason) {}
}
