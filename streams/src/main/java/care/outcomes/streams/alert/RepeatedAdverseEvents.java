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
    private final int sessions;
    private final double count;
    private final double clearSessions;

    RepeatedAdverseEvents(Use use) {
        super(use, null, Memory.NONE);
        this.match = new TextMatch(use.rule());
        this.sessions = whole("sessions");
        this.count = number("count");
        this.clearSessions = number("clearSessions");
    }

    /** Those of the last sessions that had some, and how many in a row had none since it stands. */
    record Memory(List<Step.Given> with, int without) {

        static final Memory NONE = new Memory(List.of(), 0);

        static Memory of(List<Step.Given> with, int without) {
            return with.isEmpty() && without == 0 ? NONE : new Memory(with, without);
        }
    }

    @Override
    Closing closing() {
        return Closing.ENDS;
    }

    @Override
    void given(Step.Given step) {
        boolean had = had(step.dose());
        List<Step.Given> with = with(step, had);
        if (stands()) {
            int without = had ? 0 : memory.without + 1;
            boolean over = without >= clearSessions;
            if (over) {
                end(step.at(), "NONE_SINCE");
            }
            memory = Memory.of(with, over ? 0 : without);
        } else {
            memory = Memory.of(with, 0);
            if (had && with.size() >= count) {
                arise(ground(step, with));
            }
        }
    }

    /** Those of the last sessions that had some, this one being the last. */
    private List<Step.Given> with(Step.Given step, boolean had) {
        if (memory.with.isEmpty() && !had) {
            return List.of();
        }
        List<Step.Given> with = new ArrayList<>(memory.with);
        with.removeIf(earlier -> earlier.number() <= step.number() - sessions);
        if (had) {
            with.add(step);
        }
        return List.copyOf(with);
    }

    private Ground ground(Step.Given step, List<Step.Given> with) {
        List<Evidence> evidence = new ArrayList<>();
        with.forEach(each -> evidence.add(of(each.dose())));
        return ground(
                step.day(),
                step.at(),
                evidence.get(0).factId(),
                null,
                Map.of("count", with.size(), "limit", Math.min(step.number(), sessions), "dose", step.number()),
                evidence);
    }

    private boolean had(Dose dose) {
        String event = dose.session().adverseEvent();
        return event != null && match.tells(event);
    }
}
