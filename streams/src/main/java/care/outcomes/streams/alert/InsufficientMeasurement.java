package care.outcomes.streams.alert;

import care.outcomes.schemas.AlertRule;
import care.outcomes.schemas.Treatment;
import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.outcome.Followed;
import care.outcomes.streams.timeline.Dose;
import care.outcomes.streams.timeline.Horizon;
import java.util.List;
import java.util.Map;

/**
 * Too few of the doses up to the review tier were followed by a score, so that non-response cannot be judged: that is
 * the fact to act on (domain.md §3.3). It arises with the dose after that tier, or when the wait for its score is over.
 */
final class InsufficientMeasurement {

    static final String RULE = "insufficient-measurement";

    private InsufficientMeasurement() {}

    /**
     * Looks for the ground in one course.
     *
     * @return first day after the horizon on which it may arise, {@link Integer#MAX_VALUE}: none
     */
    static int find(
            Followed followed,
            CourseOutcome decisive,
            Map<String, AlertRule> rules,
            Horizon horizon,
            List<Ground> grounds) {
        AlertRule rule = rules.get(RULE);
        Treatment.Tiers tiers = followed.treatment().tiers();
        List<Dose> doses = followed.doses();
        if (rule == null
                || tiers == null
                || doses.size() < tiers.review()
                || decisive.course().leftTruncated()) {
            return Integer.MAX_VALUE;
        }
        Course course = followed.course();
        Dose review = doses.get(tiers.review() - 1);
        int waited = review.day() + (int) CourseGrounds.threshold(rule, "waitDays") + 1;
        boolean byDose =
                doses.size() > tiers.review() && doses.get(tiers.review()).day() < waited;
        if (!byDose && waited > horizon.day()) {
            return waited;
        }
        int day = byDose ? doses.get(tiers.review()).day() : waited;
        long at = byDose ? doses.get(tiers.review()).stamp().at() : CourseGrounds.startOf(waited, course);
        long measured = decisive.followUps().stream()
                .takeWhile(f -> f.day() <= day)
                .filter(f -> f.dose() <= tiers.review() && (byDose || f.day() < waited))
                .mapToInt(FollowUp::dose)
                .distinct()
                .count();
        if (measured < CourseGrounds.threshold(rule, "minMeasured")) {
            Ground.End end = decisive.followUps().stream()
                    .filter(f -> byDose ? f.dose() > tiers.review() : f.day() >= waited)
                    .findFirst()
                    .map(f -> new Ground.End(f.at(), "MEASURED"))
                    .orElse(null);
            List<Evidence> evidence = doses.subList(0, tiers.review()).stream()
                    .map(CourseGrounds::of)
                    .toList();
            grounds.add(CourseGrounds.due(
                    day, at, course, RULE, "", end, Map.of("dose", tiers.review()), Map.of(), evidence));
        }
        return Integer.MAX_VALUE;
    }
}
