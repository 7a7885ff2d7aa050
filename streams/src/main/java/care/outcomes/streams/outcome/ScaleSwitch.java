package care.outcomes.streams.outcome;

import java.util.Collection;
import java.util.List;

/**
 * A course that was begun to be followed on one scale and went on with another, on which it has no baseline
 * (domain.md §1.11). Scores are never converted, and no follow-up becomes a baseline, so the new scale stays outside
 * rates; only the reason differs. Where both scales run side by side, and one merely lacks its baseline, it is none.
 */
final class ScaleSwitch {

    /** Scores this many days apart are of one occasion (domain.md §1.11 [D]): such a pair is the change-over. */
    private static final int ONE_OCCASION = 3;

    private ScaleSwitch() {}

    /**
     * Whether a scale without a baseline took the place of another of the same construct, on which the course began.
     *
     * @param scale the scale without a baseline, with follow-up scores
     * @param scales all scales of the course
     */
    static boolean tookOver(Trajectory scale, Collection<Trajectory> scales) {
        String construct = scale.instrument().construct();
        if (construct == null) {
            return false;
        }
        int first = scale.followUps().get(0).day();
        int last = last(scale.followUps());
        return scales.stream()
                .filter(old -> old.baseline() != null && !old.followUps().isEmpty())
                .filter(old -> construct.equals(old.instrument().construct()))
                .mapToInt(old -> last(old.followUps()))
                .anyMatch(oldLast -> oldLast <= first + ONE_OCCASION && last > oldLast + ONE_OCCASION);
    }

    private static int last(List<FollowUp> followUps) {
        return followUps.get(followUps.size() - 1).day();
    }
}
