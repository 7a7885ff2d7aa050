package care.outcomes.streams.alert;

import care.outcomes.streams.alert.Setting.Compared;
import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.FollowUp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remission over two consecutive days of scores (domain.md §1.1); only relapse ends it, or the course. */
final class SustainedRemission extends ScoreRule<SustainedRemission.Memory> {

    SustainedRemission(Use use, Compared compared) {
        super(use, compared, new Memory(null));
    }

    /** The last score. */
    record Memory(@Nullable FollowUp last) {}

    @Override
    Closing closing() {
        return Closing.ENDS;
    }

    @Override
    void see(FollowUp score) {
        FollowUp last = memory.last;
        if (!stands() && score.sustained()) {
            arise(on(score, score.factId(), null, last == null ? List.of(score) : List.of(last, score)));
        } else if (stands() && !score.sustained()) {
            end(score.at(), "RELAPSED");
        }
        memory = new Memory(score);
    }
}
