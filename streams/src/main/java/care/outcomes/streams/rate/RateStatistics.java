package care.outcomes.streams.rate;

import care.outcomes.streams.rate.Tally.Count;
import care.outcomes.streams.rate.statistics.Interval;
import care.outcomes.streams.rate.statistics.Wilson;
import org.jspecify.annotations.Nullable;

/**
 * Rates of a group, each null where its denominator is 0; in [0, 1] but for percents, in [0, 100].
 *
 * @param rateMeasured responded among measured
 * @param wilsonLow lower Wilson 95 % limit of that
 * @param wilsonHigh upper Wilson 95 % limit of that
 * @param rateEligible responded among eligible: who was not measured counts as not responded
 * @param percentMeasured measured among eligible, percent
 * @param bestCase response if all who were not measured had responded (Manski bound)
 * @param worstCase response if none of them had
 * @param rateStarted responded among started
 * @param percentMeasuredOfStarted measured among started, percent
 */
public record RateStatistics(
        @Nullable Double rateMeasured,
        @Nullable Double wilsonLow,
        @Nullable Double wilsonHigh,
        @Nullable Double rateEligible,
        @Nullable Double percentMeasured,
        @Nullable Double bestCase,
        @Nullable Double worstCase,
        @Nullable Double rateStarted,
        @Nullable Double percentMeasuredOfStarted) {

    /** The rates of a tally. */
    public static RateStatistics of(Tally tally) {
        int eligible = tally.get(Count.ELIGIBLE);
        int measured = tally.get(Count.MEASURED);
        int responded = tally.get(Count.RESPONDED);
        Interval interval = measured == 0 ? null : Wilson.of(responded, measured);
        return new RateStatistics(
                ratio(responded, measured),
                interval == null ? null : interval.low(),
                interval == null ? null : interval.high(),
                ratio(responded, eligible),
                percent(measured, eligible),
                ratio(responded + eligible - measured, eligible),
                ratio(responded, eligible),
                ratio(responded, tally.started()),
                percent(measured, tally.started()));
    }

    private static @Nullable Double percent(int part, int whole) {
        return whole == 0 ? null : 100.0 * part / whole;
    }

    private static @Nullable Double ratio(int part, int whole) {
        return whole == 0 ? null : (double) part / whole;
    }
}
