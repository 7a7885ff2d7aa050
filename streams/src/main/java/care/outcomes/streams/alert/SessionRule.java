package care.outcomes.streams.alert;

import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.Step;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A finding in a session. Each session with it is a ground of its own, anchored at its dose; the next session of the
 * course in which it was looked for ends it, within limits or by a ground of its own, so that one stands at most.
 */
final class SessionRule<S> extends CourseRule<S> {

    private final Look<S> look;
    private final boolean stays;

    /** What a session is looked at for. */
    interface Look<S> {
        /** What is remembered of the sessions up to the next. */
        default S remember(S before, Step.Given step) {
            return before;
        }

        /** What is seen in a session that is remembered; null: nothing was recorded that could be looked at. */
        @Nullable
        Seen at(Step.Given step, S memory);
    }

    /** A look at one session by itself. */
    interface Glance extends Look<Nothing> {
        @Nullable
        Seen at(Step.Given step);

        @Override
        default @Nullable Seen at(Step.Given step, Nothing memory) {
            return at(step);
        }
    }

    /**
     * What is seen in a session.
     *
     * @param finding what there is to review, in words; null: within limits
     * @param level level of the rule's severities; null: it has none
     */
    record Seen(@Nullable String finding, @Nullable String level, Map<String, Double> limits) {

        static final Seen WITHIN_LIMITS = new Seen(null, null, Map.of());

        static Seen finding(String finding, @Nullable String level) {
            return new Seen(finding, level, Map.of());
        }

        /** A finding, if it is there. */
        static Seen when(boolean there, String finding, @Nullable String level) {
            return there ? finding(finding, level) : WITHIN_LIMITS;
        }
    }

    /**
     * A rule.
     *
     * @param stays whether only a person ends its alerts
     * @param memory what is remembered before the first session
     */
    SessionRule(Use use, boolean stays, S memory, Function<CourseRule<?>, Look<S>> look) {
        super(use, null, memory);
        this.stays = stays;
        this.look = look.apply(this);
    }

    @Override
    Closing closing() {
        return stays ? Closing.STAYS : Closing.ENDS;
    }

    @Override
    void given(Step.Given step) {
        memory = look.remember(memory, step);
        Seen seen = look.at(step, memory);
        if (seen == null) {
            return;
        }
        if (stands() && !stays) {
            end(step.at(), seen.finding() == null ? "WITHIN_LIMITS" : "REPEATED");
        }
        if (seen.finding() != null) {
            arise(ground(
                    null,
                    step.dose().factId(),
                    step.day(),
                    step.at(),
                    step.dose().factId(),
                    seen.level(),
                    Map.of("dose", step.number(), "finding", seen.finding()),
                    seen.limits(),
                    List.of(of(step.dose()))));
        }
    }
}
