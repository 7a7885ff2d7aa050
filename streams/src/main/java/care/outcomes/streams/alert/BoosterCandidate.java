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
final class BoosterCandidate extends ScoreRule<BoosterCandidate.Memory> {

    private final int important;

    BoosterCandidate(Use use, Compared compared, int important) {
        super(use, compared, new Memory(null, null, false, use.treatment().plannedDoses(), 0));
        this.important = important;
    }

    /**
     * What is remembered.
     *
     * @param best best score since the last dose
     * @param respondedOn first day of the response that lasts, until it is held
     * @param held whether response was held over two days
     */
    record Memory(
            @Nullable FollowUp best,
            @Nullable Integer respondedOn,
            boolean held,
            @Nullable Integer planned,
            int doses) {}

    @Override
    void given(Step.Given step) {
        Integer told = step.dose().plannedDoses();
        memory = new Memory(null, memory.respondedOn, memory.held, told == null ? memory.planned : told, step.number());
        if (stands()) {
            end(step.at(), "DOSE_GIVEN");
        }
    }

    @Override
    void see(FollowUp score) {
        boolean response = score.status() == CourseStatus.RESPONSE;
        FollowUp best = memory.best;
        Integer before = memory.respondedOn;
        Integer planned = memory.planned;
        boolean held = memory.held || (response && before != null && before < score.day());
        boolean rise = best != null && score.score() - best.score() >= important;
        if (stands() && !rise) {
            end(score.at(), "IMPROVED");
        } else if (!stands() && rise && held && planned != null && memory.doses >= planned && best != null) {
            arise(on(score, score.factId(), null, List.of(best, score), Map.of("best", best.score())));
        }
        memory = new Memory(
                best == null || score.score() < best.score() ? score : best,
                !response || held ? null : before == null ? (Integer) score.day() : before,
                held,
                planned,
                memory.doses);
    }
}
