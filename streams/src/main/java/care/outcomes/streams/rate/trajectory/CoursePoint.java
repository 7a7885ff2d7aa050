package care.outcomes.streams.rate.trajectory;

import java.time.YearMonth;
import java.util.Comparator;

/**
 * A dose of comparable courses begun in one month, the scores about which are counted together.
 *
 * @param treatment catalogue id
 * @param instrument catalogue id
 * @param begun month of the first dose
 * @param band band of severity of the baseline, 0 the mildest
 * @param dose number of the dose, from 1
 */
public record CoursePoint(String treatment, String instrument, YearMonth begun, int band, int dose)
        implements Comparable<CoursePoint> {

    private static final Comparator<CoursePoint> ORDER = Comparator.comparing(CoursePoint::treatment)
            .thenComparing(CoursePoint::instrument)
            .thenComparing(CoursePoint::begun)
            .thenComparingInt(CoursePoint::band)
            .thenComparingInt(CoursePoint::dose);

    @Override
    public int compareTo(CoursePoint other) {
        return ORDER.compare(this, other);
    }
}
