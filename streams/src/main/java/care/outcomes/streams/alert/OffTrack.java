package care.outcomes.streams.alert;

import care.outcomes.streams.alert.Setting.Compared;
import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scores after two consecutive measured doses both lie above the worst tenth of what comparable courses had come to
 * (domain.md §4, expected trajectory). A score without a curve to compare with says nothing. Of several scores about one
 * dose the last counts. It ends with a score back on track.
 */
final class OffTrack extends ScoreRule<OffTrack.Memory> {

    OffTrack(Use use, Compared compared) {
        super(use, compared, new Memory(null, null));
    }

    /** The last score, and the last about an earlier dose. */
    record Memory(@Nullable Point before, @Nullable Point current) {}

    /** A score with a curve to compare with. */
    record Point(FollowUp score, TrajectoryCurves.Curve curve, int percent, boolean above) {}

    @Override
    void see(FollowUp score) {
        int baseline = baseline().score();
        TrajectoryCurves.Curve curve = baseline == 0
                ? null
                : use.curves()
                        .find(
                                new TrajectoryCurves.Point(
                                        use.setting().networkId(),
                                        use.treatment().id(),
                                        compared.instrument().id(),
                                        compared.instrument().band(baseline),
                                        score.dose()),
                                score.day());
        if (curve == null) {
            return;
        }
        int percent = TrajectoryCurves.percent(score.score(), baseline);
        Point point = new Point(score, curve, percent, percent > curve.p90());
        Point current = memory.current;
        Point before = current != null && current.score.dose() != score.dose() ? current : memory.before;
        memory = new Memory(before, point);
        if (stands() && !point.above) {
            end(score.at(), "ON_TRACK");
        } else if (!stands() && point.above && before != null && before.above) {
            arise(ground(point, before));
        }
    }

    private Ground ground(Point point, Point earlier) {
        FollowUp score = point.score;
        List<Evidence> evidence = new ArrayList<>(evidence(List.of(earlier.score, score)));
        evidence.add(new Evidence(point.curve.reference(), "REFERENCE", score.day(), point.curve.p90()));
        return ground(
                on(score),
                use.setting().firstDose(),
                score.day(),
                score.at(),
                earlier.score.factId(),
                null,
                Map.of("value", point.percent, "limit", Math.round(point.curve.p90())),
                Map.of("p90", point.curve.p90(), "courses", (double) point.curve.courses()),
                evidence);
    }
}
