package care.outcomes.streams.alert;

import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.Step;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * No contact for longer than usual while the course is open: in a series until its planned number is reached, else
 * throughout. It ends with the next contact or with the course.
 */
final class DropOutRisk extends CourseRule {

    private final int allowed;
    private @Nullable Integer planned;
    private int doses;
    private int last;
    private Evidence latest;

    DropOutRisk(Use use) {
        super(use, null);
        this.allowed = whole("days");
        this.planned = use.treatment().plannedDoses();
        this.last = use.setting().openedOn();
        this.latest = new Evidence(use.setting().firstDose(), "DOSE", last, null);
    }

    @Override
    Closing closing() {
        return Closing.ENDS;
    }

    @Override
    void given(Step.Given step) {
        doses = step.number();
        if (use.treatment().doseCounted() && step.dose().plannedDoses() != null) {
            planned = step.dose().plannedDoses();
        }
        contact(step.day(), step.at(), of(step.dose()));
    }

    @Override
    void scored(Step.Scored step) {
        contact(step.day(), step.score().at(), ScoreRule.of(step.score()));
    }

    @Override
    void screened(Step.Screened step) {
        contact(step.day(), step.score().stamp().at(), new Evidence(step.score().factId(), "SCREEN", step.day(), null));
    }

    @Override
    void visited(Step.Visited step) {
        contact(step.day(), step.visit().stamp().at(), new Evidence(step.visit().factId(), "VISIT", step.day(), null));
    }

    private void contact(int day, long at, Evidence evidence) {
        end(at, "CONTACT");
        last = Math.max(last, day);
        latest = evidence;
    }

    @Override
    int due() {
        boolean over = planned != null && doses >= planned;
        return stands() || over ? NEVER : last + allowed + 1;
    }

    @Override
    Ground dueGround(int day) {
        return due(day, false, Map.of("days", allowed), List.of(latest));
    }
}
