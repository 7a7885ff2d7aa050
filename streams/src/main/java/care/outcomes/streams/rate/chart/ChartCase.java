package care.outcomes.streams.rate.chart;

import care.outcomes.streams.rate.Stratum;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One course in the charts of a group.
 *
 * @param courseId {@code patientKey·treatment·ordinal}
 * @param on day that gives its place: of the score that votes, without one the last of the window; epoch day
 * @param maturesOn day from which it is in the charts, that after its window, epoch day
 * @param responded whether the score that votes is a response; null: not measured in the window
 * @param stratum what it is compared with
 * @param times time to each endpoint; without those whose clock does not start, or that no score tells of
 */
public record ChartCase(
        String courseId,
        int on,
        int maturesOn,
        @Nullable Boolean responded,
        Stratum stratum,
        Map<Endpoint, TimeTo> times) {}
