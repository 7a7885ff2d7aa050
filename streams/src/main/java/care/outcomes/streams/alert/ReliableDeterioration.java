package care.outcomes.streams.alert;

import care.outcomes.streams.alert.Setting.Compared;
import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.FollowUp;
import java.util.List;
import java.util.Map;

/**
 * A score that lies at least the instrument's reliable change above the baseline (Jacobson–Truax, domain.md §1.13). It
 * ends only when most of the rise is gone, so that scores around the limit give one alert.
 */
final class ReliableDeterioration extends ScoreRule<Nothing> {

    private final int reliable;
    private final double goneBelow;

    ReliableDeterioration(Use use, Compared compared, int reliable) {
        super(use, compared, Nothing.NOTHING);
        this.reliable = reliable;
        this.goneBelow = number("endPercent") * reliable / 100;
    }

    @Override
    void see(FollowUp score) {
        int rise = score.score() - baseline().score();
        if (!stands() && score.reliablyDeteriorated()) {
            Ground ground = on(score, score.factId(), null, List.of(score), Map.of("limit", reliable));
            arise(ground);
        } else if (stands() && rise < goneBelow) {
            end(score.at(), "IMPROVED");
        }
    }
}
