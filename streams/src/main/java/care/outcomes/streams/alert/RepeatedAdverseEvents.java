package care.outcomes.streams.alert;

import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.Step;
import care.outcomes.streams.timeline.Dose;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Adverse events in several of the last sessions. It ends when so many sessions in a row had none.
 */
final class RepeatedAdverseEvents extends CourseRule {

    private final TextMatch match;
    private final ArrayDeque<Dose> latest = new ArrayDeque<>();
    private int without;

    RepeatedAdverseEvents(Use use) {
        super(use, null);
        this.match = new TextMatch(use.rule());
    }

    @Override
    Closing closing() {
        return Closing.ENDS;
    }

    @Override
    void given(Step.Given step) {
        latest.addLast(step.dose());
        if (latest.size() > number("sessions")) {
            latest.removeFirst();
        }
        without = had(step.dose()) ? 0 : without + 1;
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
