package care.outcomes.streams.alert;

import care.outcomes.schemas.Treatment;
import care.outcomes.streams.alert.Setting.Compared;
import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.outcome.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tier of non-response in a dose-counted series (domain.md §3.3), which arises at most once a course: with the first
 * score that calls for it. It ends with the next score that shows the improvement that was missed. A plan that changes
 * tells that the series was another one, so all scores are looked at again.
 */
abstract class SeriesRule extends ScoreRule {

    final Treatment.Tiers tiers;
    private final double missed;
    private final List<FollowUp> scores = new ArrayList<>();
    private @Nullable Integer planned;
    private boolean arisen;

    /**
     * A tier.
     *
     * @param missed reduction from baseline whose lack it tells of, percent
     */
    SeriesRule(Use use, Compared compared, Treatment.Tiers tiers, String missed) {
        super(use, compared);
        this.tiers = tiers;
        this.missed = number(missed);
        this.planned = use.treatment().plannedDoses();
    }

    /** Whether a score calls for the tier, all scores up to it having been noted. */
    abstract boolean calls(FollowUp score, @Nullable Integer plannedDoses);

    /** Notes a score up to the tier. */
    void note(FollowUp score) {}

    /** As if no score had been noted. */
    void unnote() {}

    @Override
    final void given(Step.Given step) {
        Integer told = step.dose().plannedDoses();
        if (!use.treatment().doseCounted() || told == null || Objects.equals(planned, told)) {
            return;
        }
        planned = told;
        List<FollowUp> again = List.copyOf(scores);
        scores.clear();
        arisen = false;
        forget();
        unnote();
        again.forEach(this::see);
    }

    @Override
    final void see(FollowUp score) {
        scores.add(score);
        note(score);
        if (!arisen) {
            if (calls(score, planned)) {
                arisen = true;
                arise(on(score, "", null, scores));
            }
        } else if (stands() && fell(score, missed)) {
            end(score.at(), "IMPROVED");
        }
    }

    final boolean lacks(FollowUp score) {
        return !fell(score, missed);
    }

    /** The first look. */
    static final class Early extends SeriesRule {
        Early(Use use, Compared compared, Treatment.Tiers tiers) {
            super(use, compared, tiers, "improvementPercent");
        }

        @Override
        boolean calls(FollowUp score, @Nullable Integer plannedDoses) {
            return score.dose() == tiers.early() && lacks(score);
        }
    }

    /**
     * The review. STRICT: every measured score up to it lacks improvement; PLAIN: the latest does. A missing score is no
     * lack of improvement: with too few measured doses it gives way to {@link InsufficientMeasurement}.
     */
    static final class Review extends SeriesRule {
        private final boolean strict;
        private final double minimum;
        private final List<Integer> measured = new ArrayList<>();
        private boolean improved;

        Review(Use use, Compared compared, Treatment.Tiers tiers, boolean strict) {
            super(use, compared, tiers, strict ? "improvementPercent" : "plainPercent");
            this.strict = strict;
            this.minimum = number("minMeasured");
        }

        @Override
        void note(FollowUp score) {
            if (score.dose() >= 1 && score.dose() <= tiers.review()) {
                if (!measured.contains(score.dose())) {
                    measured.add(score.dose());
                }
                improved |= !lacks(score);
            }
        }

        @Override
        void unnote() {
            measured.clear();
            improved = false;
        }

        @Override
        boolean calls(FollowUp score, @Nullable Integer plannedDoses) {
            return score.dose() == tiers.review() && measured.size() >= minimum && (strict ? !improved : lacks(score));
        }
    }

    /** No improvement late in the series. */
    static final class Firm extends SeriesRule {
        Firm(Use use, Compared compared, Treatment.Tiers tiers) {
            super(use, compared, tiers, "improvementPercent");
        }

        @Override
        boolean calls(FollowUp score, @Nullable Integer plannedDoses) {
            return plannedDoses != null && score.dose() >= tiers.firm() && score.dose() <= plannedDoses && lacks(score);
        }
    }

    /** Less than response when the planned number is reached. */
    static final class End extends SeriesRule {
        End(Use use, Compared compared, Treatment.Tiers tiers) {
            super(use, compared, tiers, "responsePercent");
        }

        @Override
        boolean calls(FollowUp score, @Nullable Integer plannedDoses) {
            return plannedDoses != null && score.dose() == plannedDoses && lacks(score);
        }
    }
}
