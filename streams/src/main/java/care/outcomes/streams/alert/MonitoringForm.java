package care.outcomes.streams.alert;

import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.Step;
import care.outcomes.streams.timeline.Dose;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The monitoring form of a session was not submitted yet, or not in time (domain.md §3.5: within 7 days, due soon at 5).
 * Only of sessions whose clinic records monitoring: with nothing recorded the feed does not carry it. It ends when the form
 * is submitted, which a later version of the dose tells; that it is due ends when it is overdue.
 */
final class MonitoringForm extends CourseRule<List<Dose>> {

    /** Days from the session to the first on which the ground stands, and to the first on which it is no longer the matter. */
    private final int from;

    private final int until;

    private MonitoringForm(Use use, boolean soon) {
        super(use, null, List.of());
        this.from = soon ? whole("days") : whole("days") + 1;
        this.until = soon ? whole("overdueAfter") + 1 : NEVER;
    }

    static MonitoringForm dueSoon(Use use) {
        return new MonitoringForm(use, true);
    }

    static MonitoringForm overdue(Use use) {
        return new MonitoringForm(use, false);
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

    /** A session is settled when its ground has ended, or stands without any end that is known to come. */
    @Override
    void reach(int day) {
        List<Dose> waiting = new ArrayList<>();
        for (Dose dose : memory) {
            int ends = endsOn(dose);
            if ((ends == NEVER ? dueOn(dose) : ends) > day) {
                waiting.add(dose);
            } else {
                Ground ground = upTo(day, dose);
                arise(ground);
                Ground.End end = ground.end();
                if (end != null) {
                    end(end.at(), end.reason());
                }
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
            int ends = endsOn(dose);
            if (due > day) {
                next = Math.min(next, due);
                continue;
            }
            if (use.inForce(due)) {
                arises.accept(upTo(day, dose));
            }
            next = ends <= day ? next : Math.min(next, ends);
        }
        return next;
    }

    private int dueOn(Dose dose) {
        return dose.day() + from;
    }

    /** Day on which the form came; {@link #NEVER}: not known. */
    private int submittedOn(Dose dose) {
        @Nullable Long form = dose.session().formAt();
        return form == null ? NEVER : use.setting().dayOf(form);
    }

    private int overOn(Dose dose) {
        return until == NEVER ? NEVER : dose.day() + until;
    }

    private int endsOn(Dose dose) {
        return Math.min(submittedOn(dose), overOn(dose));
    }

    /** The ground as it is at the end of a day. */
    private Ground upTo(int day, Dose dose) {
        int due = dueOn(dose);
        Map<String, Integer> words = new HashMap<>();
        words.put("days", whole("days"));
        if (until != NEVER) {
            words.put("limit", until - 1);
        }
        Ground ground = ground(
                null,
                dose.factId(),
                due,
                use.setting().startOf(due),
                LocalDate.ofEpochDay(due).toString(),
                null,
                words,
                Map.of(),
                List.of(of(dose)));
        if (endsOn(dose) > day) {
            return ground;
        }
        Long form = dose.session().formAt();
        int over = overOn(dose);
        return form != null && submittedOn(dose) < over
                ? ground.ended(form, "SUBMITTED")
                : ground.ended(use.setting().startOf(over), "OVERDUE");
    }
}
