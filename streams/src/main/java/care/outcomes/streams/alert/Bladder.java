package care.outcomes.streams.alert;

import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.Step;
import care.outcomes.streams.timeline.Score;
import java.util.List;
import java.util.Map;

/** Screening for bladder symptoms while exposed to ketamine (domain.md §3.6). */
final class Bladder {

    private static final String SCREEN = "bpic-ss";

    private Bladder() {}

    private static boolean screens(Step.Screened step) {
        return step.score().instrument().equals(SCREEN)
                && step.score().usable()
                && step.score().total() != null;
    }

    private static Evidence evidence(Score score) {
        Integer total = score.total();
        return new Evidence(score.factId(), "SCREEN", score.day(), total == null ? null : (Double) (double) total);
    }

    /**
     * A dose so many days or doses after the last screen, or after the first dose where there was none. Only a dose is
     * exposure: who gets no more is not overdue. It ends with a screen or with the course.
     */
    static final class Overdue extends CourseRule<Overdue.Memory> {

        private final double days;
        private final double doses;

        Overdue(Use use) {
            super(use, null, new Memory(use.setting().openedOn(), 0));
            this.days = number("days");
            this.doses = number("doses");
        }

        /** Day of the last screen, and doses after it until it is overdue. */
        record Memory(int since, int doses) {}

        @Override
        Closing closing() {
            return Closing.ENDS;
        }

        @Override
        void given(Step.Given step) {
            if (stands()) {
                return;
            }
            memory = new Memory(memory.since, memory.doses + 1);
            int since = step.day() - memory.since;
            if (since > days || memory.doses > doses) {
                arise(ground(
                        step.day(),
                        step.at(),
                        step.dose().factId(),
                        null,
                        Map.of("days", since, "count", memory.doses, "dose", step.number()),
                        List.of(of(step.dose()))));
            }
        }

        @Override
        void screened(Step.Screened step) {
            if (screens(step)) {
                end(step.score().stamp().at(), "SCREENED");
                memory = new Memory(step.day(), 0);
            }
        }
    }

    /** A screen at or above the limit; it ends with one below. */
    static final class Symptoms extends CourseRule<Nothing> {
        Symptoms(Use use) {
            super(use, SCREEN, Nothing.NOTHING);
        }

        @Override
        Closing closing() {
            return Closing.STAYS;
        }

        @Override
        void screened(Step.Screened step) {
            Integer total = step.score().total();
            if (!screens(step) || total == null) {
                return;
            }
            boolean positive = total >= number("atLeast");
            if (stands() && !positive) {
                end(step.score().stamp().at(), "BELOW_LIMIT");
            } else if (!stands() && positive) {
                arise(ground(
                        null,
                        step.score().factId(),
                        step.day(),
                        step.score().stamp().at(),
                        step.score().factId(),
                        null,
                        Map.of("instrument", SCREEN, "score", total, "limit", whole("atLeast")),
                        Map.of(),
                        List.of(evidence(step.score()))));
            }
        }
    }
}
