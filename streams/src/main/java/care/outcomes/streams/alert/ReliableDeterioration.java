package care.outcomes.streams.alert;

import care.outcomes.streams.outcome.Baseline;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.FollowUp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A score that lies at least the instrument's reliable change above the baseline (Jacobson–Truax, domain.md §1.13). Each
 * run of such scores is a ground of its own; it ends with the first score below.
 */
final class ReliableDeterioration extends Watch {

    static final String RULE = "reliable-deterioration";

    private final List<Run> runs = new ArrayList<>();
    private @Nullable FollowUp opened;

    /** Scores that lie so high, from the first of them to the first below. */
    private record Run(FollowUp opened, FollowUp ended) {}

    private record About(String rule, String firstDose, String instrument) {}

    static void find(CourseOutcome outcome, Watches watches, List<Ground> grounds) {
        Baseline baseline = outcome.baseline();
        if (baseline == null) {
            return;
        }
        About about = new About(RULE, outcome.course().firstDose(), outcome.instrument());
        ReliableDeterioration watch =
                watches.over(outcome.followUps(), ReliableDeterioration.class, about, ReliableDeterioration::new);
        for (Run run : watch.runs) {
            grounds.add(ground(outcome, baseline, run.opened, new Ground.End(run.ended.at(), "IMPROVED")));
        }
        if (watch.opened != null) {
            grounds.add(ground(outcome, baseline, watch.opened, null));
        }
    }

    @Override
    void see(FollowUp score, int place) {
        if (opened == null && score.reliablyDeteriorated()) {
            opened = score;
        } else if (opened != null && !score.reliablyDeteriorated()) {
            runs.add(new Run(opened, score));
            opened = null;
        }
    }

    private static Ground ground(CourseOutcome outcome, Baseline baseline, FollowUp opened, Ground.@Nullable End end) {
        return CourseGrounds.on(
                opened, outcome.course(), RULE, outcome.instrument(), baseline, opened.factId(), end, List.of(opened));
    }
}
