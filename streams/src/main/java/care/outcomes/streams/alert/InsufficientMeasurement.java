package care.outcomes.streams.alert;

import care.outcomes.schemas.Treatment;
import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Too few of the doses up to the review tier were followed by a score, so that non-response cannot be judged: that is
 * the fact to act on (domain.md §3.3). It arises with the dose after that tier, or when the wait for its score is over,
 * and ends with the next score.
 */
final class InsufficientMeasurement extends CourseRule {

    private final Treatment.Tiers tiers;
    private final Set<Integer> measured = new HashSet<>();
    private final List<Evidence> doses = new ArrayList<>();
    private int waited = NEVER;
    private boolean decided;

    InsufficientMeasurement(Use use, Treatment.Tiers tiers) {
        super(use, null);
        this.tiers = tiers;
    }

    @Override
    Closing closing() {
        return Closing.ENDS;
    }

    @Override
    void given(Step.Given step) {
        if (step.number() <= tiers.review()) {
            doses.add(of(step.dose()));
        }
        if (step.number() == tiers.review()) {
            waited = step.day() + whole("waitDays") + 1;
        } else if (step.number() > tiers.review() && !decided) {
            decided = true;
            Ground ground = ground(step.day(), step.at());
            if (ground != null) {
                arise(ground);
            }
        }
    }

    @Override
    void scored(Step.Scored step) {
        if (!step.instrument().equals(use.setting().decisive())) {
            return;
        }
        if (!decided) {
            measured.add(step.score().dose());
        } else if (stands()) {
            end(step.score().at(), "MEASURED");
        }
    }

    @Override
    int due() {
        return decided || measured.size() >= number("minMeasured") ? NEVER : waited;
    }

    @Override
    @Nullable
    Ground dueGround(int day) {
        return ground(day, use.setting().startOf(day));
    }

    @Override
    void fell(int day) {
        decided = true;
    }

    private @Nullable Ground ground(int day, long at) {
        return measured.size() >= number("minMeasured")
                ? null
                : ground(day, at, "", null, Map.of("dose", tiers.review(), "count", measured.size()), doses);
    }
}
