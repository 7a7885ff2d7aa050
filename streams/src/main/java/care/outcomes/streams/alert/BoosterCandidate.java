package care.outcomes.streams.alert;

import care.outcomes.schemas.record.CourseStatus;
import care.outcomes.streams.alert.Setting.Compared;
import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.outcome.Step;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * After induction, in a course where response was held over two days of scores, a rise from the best score by the change
 * that matters (domain.md §3.4). It ends when the rise is gone or a dose is given, after which the best score is looked
 * for anew.
 */
final class BoosterCandidate extends ScoreRule {

    private final int important;
    private @Nullable FollowUp best;
    private @Nullable Integer respondedOn;
    private boolean held;
    private @Nullable Integer planned;
    private int doses;

    BoosterCandidate(Use use, Compared compared, int important) {
        super(use, compared);
        this.important = important;
        this.planned = use.treatment().plannedDoses();
    }

    @Override
    void given(Step.Given step) {
        doses = step.number();
        planned = step.dose().plannedDoses() == null ? planned : step.dose().plannedDoses();
        best = null;
        if (stands()) {
            end(step.at(), "DOSE_GIVEN");
        }
    }

    @Override
    void see(FollowUp score) {
        boolean response = score.status() == CourseStatus.RESPONSE;
        held |= response && respondedOn != null && respondedOn < score.day();
        respondedOn = response ? (respondedOn == null ? score.day() : respondedOn) : null;
        boolean rise = best != null && score.score() - best.score() >= important;
        if (stands() && !rise) {
            end(score.at(), "IMPROVED");
        } else if (!stands() && rise && held && planned != null && doses >= planned && best != null) {
            arise(on(score, score.factId(), null, List.of(best, score), Map.of("best", best.score())));
        }
        best = best == null || score.score() < best.score() ? score : best;
    }
}
