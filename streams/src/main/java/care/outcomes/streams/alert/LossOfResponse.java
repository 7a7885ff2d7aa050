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
final class LossOfResponse extends ScoreRule {

    private static final String WARNING = "warning";
    private static final String LOST = "lost";

    private final List<FollowUp> below = new ArrayList<>();
    private boolean lost;

    LossOfResponse(Use use, Compared compared) {
        super(use, compared);
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
                below.clear();
                lost = false;
            }
        }
    }

    private void note(FollowUp score, String level) {
        if (lost) {
            return;
        }
        below.add(score);
        lost = level.equals(LOST);
        Ground ground = on(score, below.get(0).factId(), level, below);
        if (stands()) {
            escalate(ground);
        } else {
            arise(ground);
        }
    }
}
