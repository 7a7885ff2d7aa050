package care.outcomes.streams.alert;

import care.outcomes.schemas.Treatment;
import care.outcomes.streams.alert.Setting.Compared;
import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.FollowUp;
import java.util.ArrayList;
import java.util.List;

/**
 * A tier of non-response in a dose-counted series (domain.md §3.3), which arises at most once a course: with the first
 * score that calls for it. It ends with the next score that shows the improvement that was missed. A plan that changes
 * tells that the series was another one, which is another setting, so that all scores are looked at again.
 */
abstract class SeriesRule extends ScoreRule<SeriesRule.Memory> {

    final Treatment.Tiers tiers;
    private final double missed;

    /**
     * A tier.
     *
     * @param missed reduction from baseline whose lack it tells of, percent
     */
    SeriesRule(Use use, Compared compared, Treatment.Tiers tiers, String missed) {
        super(use, compared, new Memory(Chance.OPEN, List.of()));
        this.tiers = tiers;
        this.missed = number(missed);
    }

    /** The scores so far, as long as it may arise. */
    record Memory(Chance chance, List<FollowUp> scores) {

        static final Memory GONE = new Memory(Chance.GONE, List.of());

        Memory with(FollowUp score, int last) {
            Chance now = chance.at(score, last);
            if (!now.isOpen()) {
                return GONE;
            }
            List<FollowUp> all = new ArrayList<>(scores);
            all.add(score);
            return new Memory(now, List.copyOf(all));
        }
    }

    /** Number of the last dose that a score may tell about which calls for the tier; 0: there is none. */
    abstract int last();

    /** Whether a score about a dose up to the last calls for the tier, being the last of the scores. */
    abstract boolean calls(FollowUp score, List<FollowUp> scores);

    @Override
    final void see(FollowUp score) {
        memory = memory.with(score, last());
        if (memory.chance.isOpen()) {
            if (score.dose() <= last() && calls(score, memory.scores)) {
                arise(on(score, "", null, memory.scores));
                memory = Memory.GONE;
            }
        } else if (stands() && fell(score, missed)) {
            end(score.at(), "IMPROVED");
        }
    }

    final boolean lacks(FollowUp score) {
        return !fell(score, missed);
    }

    final int planned() {
        Integer planned = use.setting().planned();
        return planned == null ? 0 : planned;
    }

    /** The first look. */
    static final class Early extends SeriesRule {
        Early(Use use, Compared compared, Treatment.Tiers tiers) {
            super(use, compared, tiers, "improvementPercent");
        }

        @Override
        int last() {
            return tiers.early();
        }

        @Override
        boolean calls(FollowUp score, List<FollowUp> scores) {
            return score.dose() == last() && lacks(score);
        }
    }

    /**
     * The review. STRICT: every measured score up to it lacks improvement; PLAIN: the latest does. A missing score is no
     * lack of improvement: with too few measured doses it gives way to {@link InsufficientMeasurement}.
     */
    static final class Review extends SeriesRule {
        private final boolean strict;
        private final double minimum;

        Review(Use use, Compared compared, Treatment.Tiers tiers, boolean strict) {
            super(use, compared, tiers, strict ? "improvementPercent" : "plainPercent");
            this.strict = strict;
            this.minimum = number("minMeasured");
        }

        @Override
        int last() {
            return tiers.review();
        }

        @Override
        boolean calls(FollowUp score, List<FollowUp> scores) {
            List<FollowUp> measured = scores.stream()
                    .filter(each -> each.dose() >= 1 && each.dose() <= last())
                    .toList();
            return score.dose() == last()
                    && measured.stream().mapToInt(FollowUp::dose).distinct().count() >= minimum
                    && (strict ? measured.stream().allMatch(this::lacks) : lacks(score));
        }
    }

    /** No improvement late in the series. */
    static final class Firm extends SeriesRule {
        Firm(Use use, Compared compared, Treatment.Tiers tiers) {
            super(use, compared, tiers, "improvementPercent");
        }

        @Override
        int last() {
            return planned();
        }

        @Override
        boolean calls(FollowUp score, List<FollowUp> scores) {
            return score.dose() >= tiers.firm() && lacks(score);
        }
    }

    /** Less than response when the planned number is reached. */
    static final class End extends SeriesRule {
        End(Use use, Compared compared, Treatment.Tiers tiers) {
            super(use, compared, tiers, "responsePercent");
        }

        @Override
        int last() {
            return planned();
        }

        @Override
        boolean calls(FollowUp score, List<FollowUp> scores) {
            return score.dose() == last() && lacks(score);
        }
    }
}
