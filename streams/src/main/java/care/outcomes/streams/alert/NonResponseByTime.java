package care.outcomes.streams.alert;

import care.outcomes.schemas.Treatment;
import care.outcomes.streams.alert.Setting.Compared;
import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.FollowUp;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Less improvement than is expected some weeks into a treatment whose doses are not counted (domain.md §3.3: an
 * antidepressant at 4 and 8 weeks). The last score shortly before the look decides, else the first shortly after it; a
 * missing score is no lack of improvement. It ends with a score that shows the improvement.
 */
final class NonResponseByTime extends ScoreRule<NonResponseByTime.Memory> {

    private final Treatment.Look look;
    private final int lookOn;
    private final int tolerance;

    NonResponseByTime(Use use, Compared compared, Treatment.Look look) {
        super(use, compared, new Memory(false, null));
        this.look = look;
        this.lookOn = use.setting().openedOn() + look.day();
        this.tolerance = whole("scoreDays");
    }

    /** Whether the look is over, and the last score until then. */
    record Memory(boolean decided, @Nullable FollowUp last) {

        static final Memory DECIDED = new Memory(true, null);
    }

    @Override
    int due() {
        FollowUp last = memory.last;
        return last == null || last.day() < lookOn - tolerance ? NEVER : lookOn;
    }

    @Override
    @Nullable
    Ground dueGround(int day) {
        FollowUp last = memory.last;
        return last == null || fell(last, look.percent())
                ? null
                : ground(last, day, use.setting().startOf(day));
    }

    @Override
    void fell(int day) {
        memory = Memory.DECIDED;
    }

    @Override
    void see(FollowUp score) {
        if (stands()) {
            if (fell(score, look.percent())) {
                end(score.at(), "IMPROVED");
            }
        } else if (!memory.decided && score.day() < lookOn) {
            memory = new Memory(false, score);
        } else if (!memory.decided) {
            memory = Memory.DECIDED;
            if (score.day() <= lookOn + tolerance && !fell(score, look.percent())) {
                arise(ground(score, score.day(), score.at()));
            }
        }
    }

    private Ground ground(FollowUp score, int day, long at) {
        return ground(
                on(score),
                use.setting().firstDose(),
                day,
                at,
                LocalDate.ofEpochDay(lookOn).toString(),
                null,
                Map.of("days", look.day(), "limit", look.percent()),
                Map.of("days", (double) look.day(), "percent", (double) look.percent()),
                evidence(List.of(score)));
    }
}
