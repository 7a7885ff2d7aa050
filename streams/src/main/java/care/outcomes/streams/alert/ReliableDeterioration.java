package care.outcomes.streams.alert;

import care.outcomes.streams.outcome.Baseline;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.FollowUp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A score that lies at least the instrument's reliable change above the baseline (Jacobson–Truax, domain.md §1.13). Each
 * run of such scores is a ground of its own; it ends with the first score below.
 */
final class ReliableDeterioration {

    static final String RULE = "reliable-deterioration";

    private ReliableDeterioration() {}

    static void find(CourseOutcome outcome, List<Ground> grounds) {
        Baseline baseline = outcome.baseline();
        if (baseline == null) {
            return;
        }
        FollowUp opened = null;
        for (FollowUp followUp : outcome.followUps()) {
            if (opened == null && followUp.reliablyDeteriorated()) {
                opened = followUp;
            } else if (opened != null && !followUp.reliablyDeteriorated()) {
                grounds.add(ground(outcome, baseline, opened, new Ground.End(followUp.at(), "IMPROVED")));
                opened = null;
            }
        }
        if (opened != null) {
            grounds.add(ground(outcome, baseline, opened, null));
        }
    }

    private static Ground ground(CourseOutcome outcome, Baseline baseline, FollowUp opened, Ground.@Nullable End end) {
        return CourseGrounds.on(
                opened, outcome.course(), RULE, outcome.instrument(), baseline, opened.factId(), end, List.of(opened));
    }
}
