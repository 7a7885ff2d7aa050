package care.outcomes.streams.alert;

import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * In maintenance, no dose for longer than the schedule of the treatment allows; where it has none, than so many times the
 * longest of the patient's own last intervals (domain.md §3.4). It ends with the next dose or with the course.
 */
final class MaintenanceOverdue extends CourseRule<MaintenanceOverdue.Memory> {

    private final @Nullable Integer mostDays;

    MaintenanceOverdue(Use use, @Nullable Integer mostDays) {
        super(use, null, new Memory(List.of(), use.treatment().plannedDoses(), 0, null));
        this.mostDays = mostDays;
    }

    /** The last intervals in maintenance, the plan, doses given, and the last of them. */
    record Memory(
            List<Integer> intervals,
            @Nullable Integer planned,
            int doses,
            @Nullable Evidence last) {

        boolean maintenance() {
            return planned != null && doses > planned;
        }
    }

    @Override
    Closing closing() {
        return Closing.ENDS;
    }

    @Override
    void given(Step.Given step) {
        end(step.at(), "DOSE_GIVEN");
        Integer told = step.dose().plannedDoses();
        Evidence before = memory.last;
        Memory now = new Memory(memory.intervals, told == null ? memory.planned : told, step.number(), of(step.dose()));
        memory = before == null || !now.maintenance()
                ? now
                : new Memory(withInterval(step.day() - before.day()), now.planned, now.doses, now.last);
    }

    private List<Integer> withInterval(int days) {
        List<Integer> intervals = new ArrayList<>(memory.intervals);
        intervals.add(days);
        return List.copyOf(intervals.subList(Math.max(0, intervals.size() - whole("intervals")), intervals.size()));
    }

    /** Most days since the last dose; negative: not known. */
    private int allowed() {
        if (mostDays != null) {
            return mostDays;
        }
        int longest = 0;
        for (int interval : memory.intervals) {
            longest = Math.max(longest, interval);
        }
        return memory.intervals.size() < number("intervals") || longest < 1
                ? -1
                : (int) Math.floor(number("factor") * longest);
    }

    @Override
    int due() {
        int allowed = stands() || !memory.maintenance() ? -1 : allowed();
        return allowed < 0 || memory.last == null ? NEVER : memory.last.day() + allowed + 1;
    }

    @Override
    @Nullable
    Ground dueGround(int day) {
        return memory.last == null ? null : due(day, false, Map.of("days", allowed()), List.of(memory.last));
    }
}
