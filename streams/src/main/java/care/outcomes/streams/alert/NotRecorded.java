package care.outcomes.streams.alert;

import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.Step;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that should be on record when a course begins is not, the day after its first dose: a baseline on any outcome
 * instrument, or two adequate trials before (domain.md §7, G34). Once a course; it ends when it is recorded, or with the
 * course.
 */
abstract class NotRecorded extends CourseRule<NotRecorded.Memory> {

    NotRecorded(Use use, @Nullable Integer told) {
        super(use, null, new Memory(false, told));
    }

    /** Whether the look is over, and trials told. */
    record Memory(boolean decided, @Nullable Integer told) {}

    abstract boolean lacks();

    abstract Map<String, ?> words();

    @Override
    final Closing closing() {
        return Closing.ENDS;
    }

    @Override
    final int due() {
        return memory.decided || use.setting().leftTruncated() || !lacks() ? NEVER : lookOn();
    }

    final int lookOn() {
        return use.setting().openedOn() + whole("waitDays");
    }

    @Override
    final @Nullable Ground dueGround(int day) {
        Evidence first =
                new Evidence(use.setting().firstDose(), "DOSE", use.setting().openedOn(), null);
        return lacks() ? due(day, true, words(), List.of(first)) : null;
    }

    @Override
    final void fell(int day) {
        memory = new Memory(true, memory.told);
    }

    /** No valid baseline on any outcome instrument. */
    static final class NoBaseline extends NotRecorded {
        NoBaseline(Use use) {
            super(use, null);
        }

        @Override
        boolean lacks() {
            return use.setting().baselines().isEmpty();
        }

        @Override
        Map<String, ?> words() {
            return Map.of("days", use.treatment().baselineAge());
        }
    }

    /** Fewer adequate trials than make resistance; where none is told it is not known, which is not fewer. */
    static final class FewTrials extends NotRecorded {
        FewTrials(Use use) {
            super(use, use.setting().priorTrials());
        }

        @Override
        boolean lacks() {
            return memory.told() == null ? number("unknownToo") == 1 : memory.told() < number("least");
        }

        @Override
        Map<String, ?> words() {
            return Map.of("count", memory.told() == null ? "no" : memory.told(), "limit", whole("least"));
        }

        @Override
        void visited(Step.Visited step) {
            Integer now = step.visit().priorTrials();
            if (now != null) {
                // What is recorded later makes nothing lack.
                memory = new Memory(memory.decided() || step.day() >= lookOn(), now);
                if (stands() && !lacks()) {
                    end(step.visit().stamp().at(), "RECORDED");
                }
            }
        }
    }
}
