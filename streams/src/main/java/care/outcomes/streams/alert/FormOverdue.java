package care.outcomes.streams.alert;

import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.Step;
import care.outcomes.streams.timeline.Dose;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The monitoring form of a session was not submitted in time (domain.md §3.5: within 7 days, every session). Only of
 * sessions whose clinic records monitoring: with nothing recorded the feed does not carry it. It ends when the form is
 * submitted, which a later version of the dose tells.
 */
final class FormOverdue extends CourseRule {

    private final int allowed;
    private final ArrayDeque<Dose> waiting = new ArrayDeque<>();

    FormOverdue(Use use) {
        super(use, null);
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
            waiting.addLast(dose);
        }
    }

    /** Whether a session may still become overdue, or is. */
    @Override
    boolean waits() {
        return !waiting.isEmpty();
    }

    /** A session is settled when its form has come, or is overdue without any that is known to come. */
    @Override
    void reach(int day) {
        Iterator<Dose> each = waiting.iterator();
        while (each.hasNext()) {
            Dose dose = each.next();
            boolean settled = dose.session().formAt() == null ? dueOn(dose) <= day : submittedOn(dose) <= day;
            if (settled) {
                each.remove();
                arise(ground(dose));
                Long form = dose.session().formAt();
                if (form != null) {
                    end(form, "SUBMITTED");
                }
            }
        }
    }

    @Override
    int ahead(int day, Consumer<Ground> arises) {
        int next = NEVER;
        for (Dose dose : waiting) {
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
