package care.outcomes.streams.alert;

import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.Step;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * No score on any outcome instrument for longer than the treatment allows, while the course is open: missing
 * measurement is itself a reason to look (domain.md §0.10). Each due date is a ground of its own; it ends with the next
 * score or with the course.
 */
final class MeasurementOverdue extends CourseRule<MeasurementOverdue.Memory> {

    private final int allowed;

    MeasurementOverdue(Use use, int allowed) {
        super(use, null, begin(use));
        this.allowed = allowed;
    }

    /** The last score, or the first dose before there is one. */
    record Memory(int last, Evidence latest) {}

    private static Memory begin(Use use) {
        int openedOn = use.setting().openedOn();
        return new Memory(openedOn, new Evidence(use.setting().firstDose(), "DOSE", openedOn, null));
    }

    @Override
    Closing closing() {
        return Closing.ENDS;
    }

    @Override
    void scored(Step.Scored step) {
        end(step.score().at(), "MEASURED");
        memory = new Memory(step.day(), ScoreRule.of(step.score()));
    }

    @Override
    int due() {
        return stands() ? NEVER : memory.last + allowed + 1;
    }

    @Override
    Ground dueGround(int day) {
        return ground(
                null,
                use.setting().firstDose(),
                day,
                use.setting().startOf(day),
                LocalDate.ofEpochDay(day).toString(),
                null,
                Map.of("days", allowed),
                Map.of("days", (double) allowed),
                List.of(memory.latest));
    }
}
