package care.outcomes.streams.alert;

import care.outcomes.schemas.AlertRule;
import care.outcomes.schemas.Treatment;
import care.outcomes.schemas.record.CourseStatus;
import care.outcomes.streams.outcome.Baseline;
import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.outcome.PatientCourses.Followed;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tiers of non-response in a dose-counted series (domain.md §3.3): a first look, the review, firm, and the end of
 * the series. A missing score is no lack of improvement: with too few measured doses the review gives way to
 * {@link InsufficientMeasurement}. Each tier arises at most once a course.
 */
final class NonResponse {

    static final String EARLY = "early-non-improvement";
    static final String REVIEW = "non-response-review";
    static final String FIRM = "non-response-firm";
    static final String END = "non-response-end-of-series";

    private final Course course;
    private final String instrument;
    private final Baseline baseline;
    private final List<FollowUp> followUps;
    private final Treatment.Tiers tiers;

    private NonResponse(CourseOutcome outcome, Baseline baseline, Treatment.Tiers tiers) {
        this.course = outcome.course();
        this.instrument = outcome.instrument();
        this.baseline = baseline;
        this.followUps = outcome.followUps();
        this.tiers = tiers;
    }

    /**
     * Looks for the tiers in one course.
     *
     * @param decisive outcome on the instrument that decides for the course
     */
    static void find(Followed followed, CourseOutcome decisive, Map<String, AlertRule> rules, List<Ground> grounds) {
        Treatment.Tiers tiers = followed.series().treatment().tiers();
        Baseline baseline = decisive.baseline();
        if (tiers == null
                || baseline == null
                || baseline.score() == 0
                || decisive.course().leftTruncated()) {
            return;
        }
        NonResponse tier = new NonResponse(decisive, baseline, tiers);
        AlertRule early = rules.get(EARLY);
        if (early != null) {
            double percent = CourseGrounds.threshold(early, "improvementPercent");
            tier.raise(EARLY, f -> f.dose() == tiers.early() && !tier.fell(f, percent), percent, grounds);
        }
        AlertRule review = rules.get(REVIEW);
        if (review != null) {
            boolean strict = CourseGrounds.threshold(review, "strict") == 1;
            double percent = CourseGrounds.threshold(review, strict ? "improvementPercent" : "plainPercent");
            double minimum = CourseGrounds.threshold(review, "minMeasured");
            tier.raise(REVIEW, f -> tier.calledFor(f, strict, percent, minimum), percent, grounds);
        }
        Integer planned = followed.series().planned();
        AlertRule firm = rules.get(FIRM);
        if (firm != null && planned != null) {
            double percent = CourseGrounds.threshold(firm, "improvementPercent");
            tier.raise(
                    FIRM,
                    f -> f.dose() >= tiers.firm() && f.dose() <= planned && !tier.fell(f, percent),
                    percent,
                    grounds);
        }
        AlertRule end = rules.get(END);
        if (end != null && planned != null) {
            double percent = CourseGrounds.threshold(end, "responsePercent");
            tier.raise(END, f -> f.dose() == planned && f.status() != CourseStatus.RESPONSE, percent, grounds);
        }
    }

    private boolean fell(FollowUp followUp, double percent) {
        return CourseGrounds.fell(baseline, followUp, percent);
    }

    private boolean calledFor(FollowUp at, boolean strict, double percent, double minimum) {
        if (at.dose() != tiers.review()) {
            return false;
        }
        List<FollowUp> measured = followUps.subList(0, followUps.indexOf(at) + 1).stream()
                .filter(f -> f.dose() >= 1 && f.dose() <= tiers.review())
                .toList();
        return measured.stream().mapToInt(FollowUp::dose).distinct().count() >= minimum
                && (strict ? measured.stream().noneMatch(f -> fell(f, percent)) : !fell(at, percent));
    }

    /** Raises a tier at the first score that calls for it; it ends with the next that shows the improvement missed. */
    private void raise(String rule, Predicate<FollowUp> calls, double percent, List<Ground> grounds) {
        FollowUp opened = null;
        FollowUp ended = null;
        for (FollowUp followUp : followUps) {
            if (opened == null) {
                opened = calls.test(followUp) ? followUp : null;
            } else if (ended == null && fell(followUp, percent)) {
                ended = followUp;
            }
        }
        if (opened != null) {
            List<FollowUp> shown = followUps.subList(0, followUps.indexOf(opened) + 1);
            grounds.add(CourseGrounds.on(opened, course, rule, instrument, baseline, "", end(ended), shown));
        }
    }

    private static Ground.@Nullable End end(@Nullable FollowUp ended) {
        return ended == null ? null : new Ground.End(ended.at(), "IMPROVED");
    }
}
