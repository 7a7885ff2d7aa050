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
final class DropOutRisk extends CourseRule<DropOutRisk.Memory> {

    private final int allowed;

    DropOutRisk(Use use) {
        super(use, null, begin(use));
        this.allowed = whole("days");
    }

    /** The plan, doses given, and the last contact. */
    record Memory(@Nullable Integer planned, int doses, int last, Evidence latest) {}

    private static Memory begin(Use use) {
        int openedOn = use.setting().openedOn();
        Evidence first = new Evidence(use.setting().firstDose(), "DOSE", openedOn, null);
        return new Memory(use.treatment().plannedDoses(), 0, openedOn, first);
    }

    @Override
    Closing closing() {
        return Closing.ENDS;
    }

    @Override
    void given(Step.Given step) {
        Integer told = use.treatment().doseCounted() ? step.dose().plannedDoses() : null;
        Integer planned = told == null ? memory.planned : told;
        contact(planned, step.number(), step.day(), step.at(), of(step.dose()));
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
        contact(memory.planned, memory.doses, day, at, evidence);
    }

    private void contact(@Nullable Integer planned, int doses, int day, long at, Evidence evidence) {
        end(at, "CONTACT");
        memory = new Memory(planned, doses, Math.max(memory.last, day), evidence);
    }

    @Override
    int due() {
        boolean over = memory.planned != null && memory.doses >= memory.planned;
        return stands() || over ? NEVER : memory.last + allowed + 1;
    }

    @Override
    Ground dueGround(int day) {
        return due(day, false, Map.of("days", allowed), List.of(memory.latest));
    }
}
