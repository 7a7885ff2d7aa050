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
import java.util.Objects;
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
        super(use, compared, new Memory(List.of(), null, NEVER));
        this.scores = whole("scores");
        this.important = important;
    }

    /**
     * What is remembered.
     *
     * @param latest the last scores, from the first on that may yet be part of a plateau
     * @param mg amount of the last dose
     * @param sameFrom number of the first dose in a row with that amount
     */
    record Memory(List<FollowUp> latest, @Nullable Double mg, int sameFrom) {}

    @Override
    void given(Step.Given step) {
        Dose dose = step.dose();
        Double now = dose.session().mg();
        if (!Objects.equals(now, memory.mg)) {
            if (stands() && now != null) {
                end(step.at(), "DOSE_CHANGED");
            }
            memory = new Memory(List.of(), now, now == null ? NEVER : step.number());
        }
    }

    @Override
    void see(FollowUp score) {
        boolean partial = score.status() == CourseStatus.PARTIAL;
        if (stands()) {
            if (!partial) {
                end(score.at(), score.status() == CourseStatus.RESPONSE ? "RESPONSE" : "CLASS_CHANGED");
            }
            return;
        }
        List<FollowUp> latest = partial && memory.mg != null ? with(score) : List.of();
        if (latest.size() == scores && score.dose() > latest.get(0).dose()) {
            arise(on(score, latest.get(0).factId(), null, latest, Map.of("value", memory.mg, "count", scores)));
            latest = List.of();
        }
        if (!latest.isEmpty() || !memory.latest.isEmpty()) {
            memory = new Memory(latest, memory.mg, memory.sameFrom);
        }
    }

    /** The last scores, this one the last of them: none that differs too much from a later one, or begins at another dose. */
    private List<FollowUp> with(FollowUp score) {
        List<FollowUp> all = new ArrayList<>(memory.latest);
        all.add(score);
        int from = Math.max(0, all.size() - scores);
        for (int i = from; i < all.size(); i++) {
            if (Math.abs(all.get(i).score() - score.score()) >= important) {
                from = i + 1;
            }
        }
        while (from < all.size() && all.get(from).dose() < memory.sameFrom) {
            from++;
        }
        return List.copyOf(all.subList(from, all.size()));
    }
}
