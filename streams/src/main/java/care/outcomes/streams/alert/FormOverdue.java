package care.outcomes.streams.alert;

import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.Step;
import care.outcomes.streams.timeline.Dose;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The monitoring form of a session was not submitted in time (domain.md §3.5: within 7 days, every session). Only of
 * sessions whose clinic records monitoring: with nothing recorded the feed does not carry it. It ends when the form is
 * submitted, which a later version of the dose tells.
 */
final class FormOverdue extends CourseRule<List<Dose>> {

    private final int allowed;

    FormOverdue(Use use) {
        super(use, null, List.of());
        this.allowed = whole("days");
    }

    @Override
    Closing closing() {
        return Closing.STAYS;
    }

    @Override
    void given(Step.Given step) {
        Dose dose = step.dose();
        if (dose.session().monitored() && submittedOn(dose) >= dueOn(dose)) {
            List<Dose> waiting = new ArrayList<>(memory);
            waiting.add(dose);
            memory = List.copyOf(waiting);
        }
    }

    /** A session is settled when its form has come, or is overdue without any that is known to come. */
    @Override
    void reach(int day) {
        List<Dose> waiting = new ArrayList<>();
        for (Dose dose : memory) {
            boolean settled = dose.session().formAt() == null ? dueOn(dose) <= day : submittedOn(dose) <= day;
            if (settled) {
                arise(ground(dose));
                Long form = dose.session().formAt();
                if (form != null) {
                    end(form, "SUBMITTED");
                }
            } else {
                waiting.add(dose);
            }
        }
        if (waiting.size() < memory.size()) {
            memory = List.copyOf(waiting);
        }
    }

    @Override
    int ahead(int day, Consumer<Ground> arises) {
        int next = NEVER;
        for (Dose dose : memory) {
            int due = dueOn(dose);
            int submitted = submittedOn(dose);
            Long form = dose.session().formAt();
            if (due > day) {
                next = Math.min(next, due);
                continue;
            }
            boolean come = form != null && submitted <= day;
            Ground ground = ground(dose);
            if (use.inForce(due)) {
                arises.accept(come && form != null ? ground.ended(form, "SUBMITTED") : ground);
            }
            next = come ? next : Math.min(next, submitted);
        }
        return next;
    }

    private int dueOn(Dose dose) {
        return dose.day() + allowed + 1;
    }

    /** Day on which the form came; {@link #NEVER}: not known. */
    private int submittedOn(Dose dose) {
        @Nullable Long form = dose.session().formAt();
        return form == null ? NEVER : use.setting().dayOf(form);
    }

    private Ground ground(Dose dose) {
        int due = dueOn(dose);
        return ground(
                dose.factId(),
                due,
                use.setting().startOf(due),
                LocalDate.ofEpochDay(due).toString(),
                null,
                Map.of("days", allowed),
                Map.of(),
                List.of(of(dose)));
    }
}
