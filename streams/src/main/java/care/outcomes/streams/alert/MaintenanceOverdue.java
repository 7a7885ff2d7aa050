package care.outcomes.streams.alert;

import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.Step;
import care.outcomes.streams.timeline.Dose;
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
    private final int intervals;
    private final double factor;

    MaintenanceOverdue(Use use, @Nullable Integer mostDays) {
        super(use, null, new Memory(List.of(), use.treatment().plannedDoses(), 0, null));
        this.mostDays = mostDays;
        this.intervals = whole("intervals");
        this.factor = number("factor");
    }

    /** The last intervals in maintenance where they say what is allowed, the plan, doses given, and the last of them. */
    record Memory(
            List<Integer> intervals,
            @Nullable Integer planned,
            int doses,
            @Nullable Dose last) {

        boolean maintenance() {
            return planned != null && doses > planned;
        }

        Memory given(Step.Given step) {
            Integer told = step.dose().plannedDoses();
            return new Memory(intervals, told == null ? planned : told, step.number(), step.dose());
        }

        Memory with(List<Integer> now) {
            return new Memory(now, planned, doses, last);
        }
    }

    @Override
    Closing closing() {
        return Closing.ENDS;
    }

    @Override
    void given(Step.Given step) {
        end(step.at(), "DOSE_GIVEN");
        Dose before = memory.last;
        memory = memory.given(step);
        if (mostDays == null && before != null && memory.maintenance()) {
            memory = memory.with(withInterval(step.day() - before.day()));
        }
    }

    private List<Integer> withInterval(int days) {
        List<Integer> now = new ArrayList<>(memory.intervals);
        now.add(days);
        return List.copyOf(now.subList(Math.max(0, now.size() - intervals), now.size()));
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
        return memory.intervals.size() < intervals || longest < 1 ? -1 : (int) Math.floor(factor * longest);
    }

    @Override
    int due() {
        int allowed = stands() || !memory.maintenance() ? -1 : allowed();
        return allowed < 0 || memory.last == null ? NEVER : memory.last.day() + allowed + 1;
    }

    @Override
    @Nullable
    Ground dueGround(int day) {
        return memory.last == null ? null : due(day, false, Map.of("days", allowed()), List.of(of(memory.last)));
    }
}
