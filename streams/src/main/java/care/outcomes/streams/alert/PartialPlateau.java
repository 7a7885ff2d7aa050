package care.outcomes.streams.alert;

import care.outcomes.schemas.record.CourseStatus;
import care.outcomes.streams.alert.Setting.Compared;
import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.outcome.Step;
import care.outcomes.streams.timeline.Dose;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Partial response that no longer moves while the dose is unchanged: so many consecutive scores, all partial and within
 * less than the change that matters, over several doses of the same known amount. It ends when the class or the dose
 * changes.
 */
final class PartialPlateau extends ScoreRule {

    private final int scores;
    private final int important;
    private final ArrayDeque<FollowUp> latest = new ArrayDeque<>();
    private @Nullable Double mg;
    private int sameFrom;

    PartialPlateau(Use use, Compared compared, int important) {
        super(use, compared);
        this.scores = whole("scores");
        this.important = important;
    }

    @Override
    void given(Step.Given step) {
        Dose dose = step.dose();
        Double now = dose.session().mg();
        if (now == null || !now.equals(mg)) {
            if (stands() && now != null) {
                end(step.at(), "DOSE_CHANGED");
            }
            sameFrom = now == null ? NEVER : step.number();
            mg = now;
        }
    }

    @Override
    void see(FollowUp score) {
        latest.addLast(score);
        if (latest.size() > scores) {
            latest.removeFirst();
        }
        boolean partial = score.status() == CourseStatus.PARTIAL;
        if (stands() && !partial) {
            end(score.at(), score.status() == CourseStatus.RESPONSE ? "RESPONSE" : "CLASS_CHANGED");
        } else if (!stands() && mg != null && flat()) {
            List<FollowUp> shown = new ArrayList<>(latest);
            arise(on(score, shown.get(0).factId(), null, shown, Map.of("value", mg, "count", scores)));
        }
    }

    private boolean flat() {
        if (latest.size() < scores) {
            return false;
        }
        int least = Integer.MAX_VALUE;
        int most = Integer.MIN_VALUE;
        for (FollowUp score : latest) {
            if (score.status() != CourseStatus.PARTIAL) {
                return false;
            }
            least = Math.min(least, score.score());
            most = Math.max(most, score.score());
        }
        int first = latest.getFirst().dose();
        return most - least < important && first >= sameFrom && latest.getLast().dose() > first;
    }
}
