package care.outcomes.streams.alert;

import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.Step;
import care.outcomes.streams.timeline.Dose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Adverse events in several of the last sessions. It ends when so many sessions in a row had none.
 */
final class RepeatedAdverseEvents extends CourseRule<RepeatedAdverseEvents.Memory> {

    private final TextMatch match;

    RepeatedAdverseEvents(Use use) {
        super(use, null, new Memory(List.of(), 0));
        this.match = new TextMatch(use.rule());
    }

    /** The last sessions, and how many in a row had none, as far as that matters. */
    record Memory(List<Dose> latest, int without) {}

    @Override
    Closing closing() {
        return Closing.ENDS;
    }

    @Override
    void given(Step.Given step) {
        List<Dose> all = new ArrayList<>(memory.latest);
        all.add(step.dose());
        List<Dose> latest = List.copyOf(all.subList(Math.max(0, all.size() - whole("sessions")), all.size()));
        int without = had(step.dose()) ? 0 : Math.min(memory.without + 1, whole("clearSessions"));
        memory = new Memory(latest, without);
        if (stands() && without >= number("clearSessions")) {
            end(step.at(), "NONE_SINCE");
        } else if (!stands() && without == 0) {
            List<Evidence> with = new ArrayList<>();
            latest.forEach(dose -> {
                if (had(dose)) {
                    with.add(of(dose));
                }
            });
            if (with.size() >= number("count")) {
                arise(ground(
                        step.day(),
                        step.at(),
                        with.get(0).factId(),
                        null,
                        Map.of("count", with.size(), "limit", latest.size(), "dose", step.number()),
                        with));
            }
        }
    }

    private boolean had(Dose dose) {
        String event = dose.session().adverseEvent();
        return event != null && match.tells(event);
    }
}
