package care.outcomes.streams.alert;

import care.outcomes.schemas.AlertRule;
import care.outcomes.schemas.Treatment;
import care.outcomes.schemas.record.CourseStatus;
import care.outcomes.streams.outcome.Baseline;
import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.outcome.Followed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tiers of non-response in a dose-counted series (domain.md §3.3): a first look, the review, firm, and the end of
 * the series. A missing score is no lack of improvement: with too few measured doses the review gives way to
 * {@link InsufficientMeasurement}. Each tier arises at most once a course.
 */
final class NonResponse extends Watch {

    static final String EARLY = "early-non-improvement";
    static final String REVIEW = "non-response-review";
    static final String FIRM = "non-response-firm";
    static final String END = "non-response-end-of-series";

    private final Baseline baseline;
    private final Treatment.Tiers doses;
    private final List<Tier> tiers = new ArrayList<>();
    private final Set<Integer> measured = new HashSet<>();
    private double improvement;
    private boolean improved;

    private NonResponse(Baseline baseline, Treatment.Tiers doses) {
        this.baseline = baseline;
        this.doses = doses;
    }

    /** One tier: the first score that calls for it, and the next that shows the improvement missed. */
    private static final class Tier {
        private final String rule;
        private final double percent;
        private final Predicate<FollowUp> calls;
        private int opened = -1;
        private @Nullable FollowUp ended;

        Tier(String rule, double percent, Predicate<FollowUp> calls) {
            this.rule = rule;
            this.percent = percent;
            this.calls = calls;
        }
    }

    /** All that the tiers of a course depend on beside its scores. */
    private record About(
            String firstDose,
            String instrument,
            Baseline baseline,
            @Nullable Integer planned) {}

    /**
     * Looks for the tiers in one course.
     *
     * @param decisive outcome on the instrument that decides for the course
     */
    static void find(
            Followed followed,
            CourseOutcome decisive,
            Map<String, AlertRule> rules,
            Watches watches,
            List<Ground> grounds) {
        Treatment.Tiers doses = followed.treatment().tiers();
        Baseline baseline = decisive.baseline();
        Course course = decisive.course();
        if (doses == null || baseline == null || baseline.score() == 0 || course.leftTruncated()) {
            return;
        }
        Integer planned = followed.planned();
        About about = new About(course.firstDose(), decisive.instrument(), baseline, planned);
        NonResponse watch = watches.over(
                decisive.followUps(), NonResponse.class, about, () -> begin(baseline, doses, planned, rules));
        for (Tier tier : watch.tiers) {
            if (tier.opened >= 0) {
                List<FollowUp> shown = decisive.followUps().subList(0, tier.opened + 1);
                FollowUp opened = shown.get(tier.opened);
                Ground.End end = tier.ended == null ? null : new Ground.End(tier.ended.at(), "IMPROVED");
                grounds.add(CourseGrounds.on(
                        opened, course, tier.rule, decisive.instrument(), baseline, "", end, List.copyOf(shown)));
            }
        }
    }

    private static NonResponse begin(
            Baseline baseline, Treatment.Tiers doses, @Nullable Integer planned, Map<String, AlertRule> rules) {
        NonResponse watch = new NonResponse(baseline, doses);
        AlertRule early = rules.get(EARLY);
        if (early != null) {
            double percent = CourseGrounds.threshold(early, "improvementPercent");
            watch.tier(EARLY, percent, f -> f.dose() == doses.early() && !watch.fell(f, percent));
        }
        AlertRule review = rules.get(REVIEW);
        if (review != null) {
            boolean strict = CourseGrounds.threshold(review, "strict") == 1;
            double percent = CourseGrounds.threshold(review, strict ? "improvementPercent" : "plainPercent");
            double minimum = CourseGrounds.threshold(review, "minMeasured");
            watch.improvement = percent;
            watch.tier(
                    REVIEW,
                    percent,
                    f -> f.dose() == doses.review()
                            && watch.measured.size() >= minimum
                            && (strict ? !watch.improved : !watch.fell(f, percent)));
        }
        AlertRule firm = rules.get(FIRM);
        if (firm != null && planned != null) {
            double percent = CourseGrounds.threshold(firm, "improvementPercent");
            watch.tier(FIRM, percent, f -> f.dose() >= doses.firm() && f.dose() <= planned && !watch.fell(f, percent));
        }
        AlertRule end = rules.get(END);
        if (end != null && planned != null) {
            double percent = CourseGrounds.threshold(end, "responsePercent");
            watch.tier(END, percent, f -> f.dose() == planned && f.status() != CourseStatus.RESPONSE);
        }
        return watch;
    }

    private void tier(String rule, double percent, Predicate<FollowUp> calls) {
        tiers.add(new Tier(rule, percent, calls));
    }

    @Override
    void see(FollowUp score, int place) {
        if (score.dose() >= 1 && score.dose() <= doses.review()) {
            measured.add(score.dose());
            improved |= fell(score, improvement);
        }
        for (Tier tier : tiers) {
            if (tier.opened < 0) {
                tier.opened = tier.calls.test(score) ? place : -1;
            } else if (tier.ended == null && fell(score, tier.percent)) {
                tier.ended = score;
            }
        }
    }

    private boolean fell(FollowUp score, double percent) {
        return CourseGrounds.fell(baseline, score, percent);
    }
}
