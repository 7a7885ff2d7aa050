package care.outcomes.streams.alert;

import care.outcomes.schemas.AlertRule;
import care.outcomes.schemas.record.CourseStatus;
import care.outcomes.schemas.record.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A reason to look at a patient: when it arose, on what evidence, and when it ended.
 *
 * @param rule version of the rule it arose under
 * @param severity severity of its level
 * @param clinicId clinic of record
 * @param about course it is about; null for raw-score rules
 * @param on score that gives it, against its baseline; null: none does
 * @param anchor fact it hangs on
 * @param occurrence what tells it from other grounds on the same anchor; empty for once-a-course rules
 * @param day civil day on which it arose, epoch day
 * @param openedAt when it arose, epoch milliseconds
 * @param end when and why it ended; null while it stands
 * @param resolvesWhenAcknowledgedFrom instant from which an acknowledgement ends it, epoch milliseconds; null: none
 * @param words values for placeholders of the wording, beside those of the course and the score
 * @param limits numbers it was measured against
 * @param evidence facts it rests on
 */
record Ground(
        AlertRule rule,
        Severity severity,
        String clinicId,
        @Nullable About about,
        @Nullable On on,
        String anchor,
        String occurrence,
        int day,
        long openedAt,
        @Nullable End end,
        @Nullable Long resolvesWhenAcknowledgedFrom,
        Map<String, ?> words,
        Map<String, Double> limits,
        List<Evidence> evidence) {

    /** A course. */
    record About(String treatment, int ordinal) {}

    /**
     * A score against its baseline.
     *
     * @param dose number of the dose that it tells about
     * @param status class against the baseline
     */
    record On(String instrument, int baseline, int score, int dose, CourseStatus status) {

        private Map<String, Object> words() {
            Map<String, Object> words = new HashMap<>();
            words.put("instrument", instrument);
            words.put("baseline", baseline);
            words.put("score", score);
            words.put("dose", dose);
            words.put("class", status.name().toLowerCase(Locale.ROOT));
            if (baseline > 0) {
                words.put("percent", Math.floorDiv(100 * (baseline - score), baseline));
            }
            return words;
        }
    }

    /** The end of a ground. */
    record End(long at, String reason) {}

    /** Values for all placeholders of the wording. Few grounds are put into words of those that rules come to. */
    Map<String, Object> placeholders() {
        Map<String, Object> all = on == null ? new HashMap<>() : on.words();
        all.putAll(words);
        if (about != null) {
            all.put("treatment", about.treatment);
            all.put("ordinal", about.ordinal);
        }
        return all;
    }

    /** Whether it is put into the same words as another. */
    boolean saysAs(Ground other) {
        return rule.equals(other.rule)
                && Objects.equals(about, other.about)
                && Objects.equals(on, other.on)
                && words.equals(other.words);
    }

    /** The instrument it tells of; null: of none. */
    @Nullable
    Object instrument() {
        return on == null ? words.get("instrument") : on.instrument;
    }

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
                graver.on,
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
                on,
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
