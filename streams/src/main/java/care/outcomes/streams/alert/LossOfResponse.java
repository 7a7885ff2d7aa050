package care.outcomes.streams.alert;

import care.outcomes.streams.alert.Setting.Compared;
import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.FollowUp;
import java.util.ArrayList;
import java.util.List;

/**
 * Response that was reached is being lost: one score without it is a warning, two on different days are the loss
 * (domain.md §1.1). One ground, graver with the second; it ends with response.
 */
final class LossOfResponse extends ScoreRule<LossOfResponse.Memory> {

    private static final String WARNING = "warning";
    private static final String LOST = "lost";

    LossOfResponse(Use use, Compared compared) {
        super(use, compared, Memory.RESPONSE);
    }

    /** The scores without response until it is lost, of which there is nothing more to tell. */
    record Memory(List<FollowUp> below, boolean lost) {

        static final Memory RESPONSE = new Memory(List.of(), false);
        static final Memory LOST = new Memory(List.of(), true);
    }

    @Override
    void see(FollowUp score) {
        switch (score.progress().loss()) {
            case WARNING -> note(score, WARNING);
            case LOST -> note(score, LOST);
            default -> {
                if (stands()) {
                    end(score.at(), "RESPONSE");
                }
                memory = Memory.RESPONSE;
            }
        }
    }

    private void note(FollowUp score, String level) {
        if (memory.lost) {
            return;
        }
        List<FollowUp> below = new ArrayList<>(memory.below);
        below.add(score);
        memory = level.equals(LOST) ? Memory.LOST : new Memory(List.copyOf(below), false);
        Ground ground = on(score, below.get(0).factId(), level, below);
        if (stands()) {
            escalate(ground);
        } else {
            arise(ground);
        }
    }
}
