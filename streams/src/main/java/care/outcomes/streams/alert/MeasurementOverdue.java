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
final class MeasurementOverdue extends CourseRule {

    private final int allowed;
    private int last;
    private Evidence latest;

    MeasurementOverdue(Use use, int allowed) {
        super(use, null);
        this.allowed = allowed;
        this.last = use.setting().openedOn();
        this.latest = new Evidence(use.setting().firstDose(), "DOSE", last, null);
    }

    @Override
    Closing closing() {
        return Closing.ENDS;
    }

    @Override
    void scored(Step.Scored step) {
        end(step.score().at(), "MEASURED");
        last = step.day();
        latest = ScoreRule.of(step.score());
    }

    @Override
    int due() {
        return stands() ? NEVER : last + allowed + 1;
    }

    @Override
    Ground dueGround(int day) {
        return ground(
                use.setting().firstDose(),
                day,
                use.setting().startOf(day),
                LocalDate.ofEpochDay(day).toString(),
                null,
                Map.of("days", allowed),
                Map.of("days", (double) allowed),
                List.of(latest));
    }
}
