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
final class InsufficientMeasurement extends CourseRule<InsufficientMeasurement.Memory> {

    private final Treatment.Tiers tiers;
    private final double minMeasured;

    InsufficientMeasurement(Use use, Treatment.Tiers tiers) {
        super(use, null, new Memory(Set.of(), List.of(), NEVER, false));
        this.tiers = tiers;
        this.minMeasured = number("minMeasured");
    }

    /**
     * What is remembered; nothing of the doses once it is decided.
     *
     * @param measured doses that a score told about
     * @param doses doses up to the tier
     * @param waited day on which the wait for a score is over
     * @param decided whether it has arisen or cannot any more
     */
    record Memory(Set<Integer> measured, List<Evidence> doses, int waited, boolean decided) {

        static final Memory DECIDED = new Memory(Set.of(), List.of(), NEVER, true);

        Memory given(Evidence dose, int waited) {
            List<Evidence> doses = new ArrayList<>(this.doses);
            doses.add(dose);
            return new Memory(measured, List.copyOf(doses), waited, decided);
        }

        Memory measured(int dose) {
            Set<Integer> measured = new HashSet<>(this.measured);
            return measured.add(dose) ? new Memory(Set.copyOf(measured), doses, waited, decided) : this;
        }
    }

    @Override
    Closing closing() {
        return Closing.ENDS;
    }

    @Override
    void given(Step.Given step) {
        if (memory.decided) {
            return;
        }
        if (step.number() <= tiers.review()) {
            boolean last = step.number() == tiers.review();
            memory = memory.given(of(step.dose()), last ? step.day() + whole("waitDays") + 1 : memory.waited);
        } else {
            Ground ground = ground(step.day(), step.at());
            memory = Memory.DECIDED;
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
        if (!memory.decided) {
            memory = memory.measured(step.score().dose());
        } else if (stands()) {
            end(step.score().at(), "MEASURED");
        }
    }

    @Override
    int due() {
        return memory.decided || memory.measured.size() >= minMeasured ? NEVER : memory.waited;
    }

    @Override
    @Nullable
    Ground dueGround(int day) {
        return ground(day, use.setting().startOf(day));
    }

    @Override
    void fell(int day) {
        memory = Memory.DECIDED;
    }

    private @Nullable Ground ground(int day, long at) {
        return memory.measured.size() >= minMeasured
                ? null
                : ground(
                        day,
                        at,
                        "",
                        null,
                        Map.of("dose", tiers.review(), "count", memory.measured.size()),
                        memory.doses);
    }
}
