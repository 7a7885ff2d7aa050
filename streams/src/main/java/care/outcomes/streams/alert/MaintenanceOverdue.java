package care.outcomes.streams.alert;

import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.Step;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * In maintenance, no dose for longer than the schedule of the treatment allows; where it has none, than so many times the
 * longest of the patient's own last intervals (domain.md §3.4). It ends with the next dose or with the course.
 */
final class MaintenanceOverdue extends CourseRule {

    private final @Nullable Integer mostDays;
    private final ArrayDeque<Integer> intervals = new ArrayDeque<>();
    private @Nullable Integer planned;
    private int doses;
    private @Nullable Evidence last;

    MaintenanceOverdue(Use use, @Nullable Integer mostDays) {
        super(use, null);
        this.mostDays = mostDays;
        this.planned = use.treatment().plannedDoses();
    }

    @Override
    Closing closing() {
        return Closing.ENDS;
    }

    @Override
    void given(Step.Given step) {
        end(step.at(), "DOSE_GIVEN");
        planned = step.dose().plannedDoses() == null ? planned : step.dose().plannedDoses();
        doses = step.number();
        if (last != null && maintenance()) {
            intervals.addLast(step.day() - last.day());
            if (intervals.size() > whole("intervals")) {
                intervals.removeFirst();
            }
        }
        last = of(step.dose());
    }

    private boolean maintenance() {
        return planned != null && doses > planned;
    }

    /** Most days since the last dose; negative: not known. */
    private int allowed() {
        if (mostDays != null) {
            return mostDays;
        }
        int longest = 0;
        for (int interval : intervals) {
            longest = Math.max(longest, interval);
        }
        return intervals.size() < number("intervals") || longest < 1
                ? -1
                : (int) Math.floor(number("factor") * longest);
    }

    @Override
    int due() {
        int allowed = stands() || !maintenance() ? -1 : allowed();
        return allowed < 0 || last == null ? NEVER : last.day() + allowed + 1;
    }

    @Override
    @Nullable
    Ground dueGround(int day) {
        return last == null ? null : due(day, false, Map.of("days", allowed()), List.of(last));
    }
}
