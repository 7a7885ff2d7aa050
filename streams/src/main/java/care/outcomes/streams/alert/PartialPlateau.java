package care.outcomes.streams.alert;

import care.outcomes.schemas.record.CourseStatus;
import care.outcomes.streams.alert.Setting.Compared;
import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.outcome.Step;
import care.outcomes.streams.timeline.Dose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Partial response that no longer moves while the dose is unchanged: so many consecutive scores, all partial and within
 * less than the change that matters, over several doses of the same known amount. It ends when the class or the dose
 * changes.
 */
final class PartialPlateau extends ScoreRule<PartialPlateau.Memory> {

    private final int scores;
    private final int important;

    PartialPlateau(Use use, Compared compared, int important) {
        super(use, compared, new Memory(List.of(), null, 0));
        this.scores = whole("scores");
        this.important = important;
    }

    /**
     * What is remembered.
     *
     * @param latest the last scores
     * @param mg amount of the last dose
     * @param sameFrom number of the first dose in a row with that amount
     */
    record Memory(List<FollowUp> latest, @Nullable Double mg, int sameFrom) {}

    @Override
    void given(Step.Given step) {
        Dose dose = step.dose();
        Double now = dose.session().mg();
        if (now == null || !now.equals(memory.mg)) {
            if (stands() && now != null) {
                end(step.at(), "DOSE_CHANGED");
            }
            memory = new Memory(memory.latest, now, now == null ? NEVER : step.number());
        }
    }

    @Override
    void see(FollowUp score) {
        List<FollowUp> latest = new ArrayList<>(memory.latest);
        latest.add(score);
        memory = new Memory(
                List.copyOf(latest.subList(Math.max(0, latest.size() - scores), latest.size())),
                memory.mg,
                memory.sameFrom);
        boolean partial = score.status() == CourseStatus.PARTIAL;
        if (stands() && !partial) {
            end(score.at(), score.status() == CourseStatus.RESPONSE ? "RESPONSE" : "CLASS_CHANGED");
        } else if (!stands() && memory.mg != null && flat()) {
            List<FollowUp> shown = memory.latest;
            arise(on(score, shown.get(0).factId(), null, shown, Map.of("value", memory.mg, "count", scores)));
        }
    }

    private boolean flat() {
        List<FollowUp> latest = memory.latest;
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
        int first = latest.get(0).dose();
        return most - least < important
                && first >= memory.sameFrom
                && latest.get(latest.size() - 1).dose() > first;
    }
}
