package care.outcomes.streams.alert;

import care.outcomes.streams.alert.Setting.Compared;
import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.outcome.Step;
import java.util.List;

/**
 * Early response or improvement: so large a fall from baseline at a score about one of the first doses (domain.md §3.3).
 * Once a course; it ends when the early doses are over, when the fall is not held, or when it has become larger than this
 * rule tells of.
 */
final class EarlyGain extends ScoreRule<Chance> {

    private final double least;
    private final double below;
    private final int early;

    EarlyGain(Use use, Compared compared, int early) {
        super(use, compared, Chance.OPEN);
        this.least = number("percent");
        this.below = number("belowPercent");
        this.early = early;
    }

    @Override
    Closing closing() {
        return Closing.ENDS;
    }

    @Override
    void see(FollowUp score) {
        boolean gained = fell(score, least);
        boolean more = below <= 100 && fell(score, below);
        memory = memory.at(score, early);
        if (memory.isOpen() && score.dose() <= early && gained && !more) {
            memory = Chance.GONE;
            arise(on(score, "", null, List.of(score)));
        } else if (stands() && (!gained || more)) {
            end(score.at(), more ? "RESPONSE" : "NOT_HELD");
        }
    }

    @Override
    void given(Step.Given step) {
        if (step.number() > early && stands()) {
            end(step.at(), "EARLY_DOSES_OVER");
        }
    }
}
