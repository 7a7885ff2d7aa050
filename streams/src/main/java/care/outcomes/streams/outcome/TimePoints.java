package care.outcomes.streams.outcome;

import care.outcomes.schemas.CohortHorizon;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.RateRules;
import care.outcomes.streams.timeline.Strand;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at courses at the horizons of cohort rates (SEMANTICS §4). */
public final class TimePoints {

    private final List<CohortHorizon> horizons;
    private final Instruments instruments;

    public TimePoints(RateRules rules, Instruments instruments) {
        this.horizons = List.copyOf(rules.horizons().values());
        this.instruments = instruments;
    }

    /** The row with its band and time points; a left-truncated course, which is in no cohort, has none. */
    public CourseOutcome of(CourseOutcome outcome) {
        Course course = outcome.course();
        if (course.leftTruncated()) {
            return outcome;
        }
        List<TimePoint> points = new ArrayList<>();
        for (CohortHorizon horizon : horizons) {
            points.add(point(horizon, from(horizon, course), outcome.followUps()));
        }
        return outcome.looked(band(outcome), List.copyOf(points));
    }

    private int band(CourseOutcome outcome) {
        Baseline baseline = outcome.baseline();
        return baseline == null || !outcome.evaluable()
                ? CourseOutcome.NO_BAND
                : instruments
                        .find(outcome.instrument())
                        .map(instrument -> instrument.band(baseline.score()))
                        .orElse(CourseOutcome.NO_BAND);
    }

    private static @Nullable Integer from(CohortHorizon horizon, Course course) {
        return switch (horizon.after()) {
            case FIRST_DOSE -> (Integer) course.openedOn();
            case LAST_INDUCTION_DOSE -> course.lastInductionDose();
        };
    }

    private static TimePoint point(CohortHorizon horizon, @Nullable Integer from, List<FollowUp> followUps) {
        if (from == null) {
            return new TimePoint(horizon.id(), null, -1);
        }
        int last = Strand.countBefore(from + horizon.latest() + 1, followUps, FollowUp::day) - 1;
        boolean measured = last >= 0 && followUps.get(last).day() >= from + horizon.earliest();
        return new TimePoint(horizon.id(), from + horizon.latest(), measured ? last : -1);
    }
}
