package care.outcomes.streams.topology;

import care.outcomes.schemas.record.Estimand;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.RateStatistics;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Tally.Count;
import care.outcomes.streams.topology.state.CountedRow;
import care.outcomes.streams.topology.state.RowOf;
import java.time.Instant;
import java.time.LocalDate;
import java.util.SortedMap;
import java.util.TreeMap;

/** From counts by day to the rows that are published. */
public final class RateRows {

    private RateRows() {}

    /**
     * The days that get a row: where the counts differ from the day before, and each last day of a month unless nothing
     * is counted. Readers carry forward.
     *
     * @param counts counts of consecutive days
     * @param before counts of the day before the first
     */
    static SortedMap<Integer, Tally> due(SortedMap<Integer, Tally> counts, Tally before) {
        SortedMap<Integer, Tally> due = new TreeMap<>();
        Tally last = before;
        for (var entry : counts.entrySet()) {
            Tally tally = entry.getValue();
            boolean endsMonth = LocalDate.ofEpochDay(entry.getKey() + 1L).getDayOfMonth() == 1;
            if (!tally.equals(last) || (endsMonth && !tally.isZero())) {
                due.put(entry.getKey(), tally);
            }
            last = tally;
        }
        return due;
    }

    /** Record key of a row. */
    static String key(RowOf row) {
        Group group = row.of().group();
        return String.join(
                "·",
                row.of().networkId(),
                group.clinicId(),
                group.treatment(),
                group.instrument(),
                Estimand.PERIOD.name(),
                row.window().name(),
                LocalDate.ofEpochDay(row.day()).toString());
    }

    /**
     * The row.
     *
     * @param now wall clock, epoch milliseconds
     */
    static RateRow of(RowOf key, CountedRow counted, String ruleset, long now) {
        Tally tally = counted.tally();
        Group group = key.of().group();
        LocalDate day = LocalDate.ofEpochDay(key.day());
        RateRow row = new RateRow();
        row.setNetworkId(key.of().networkId());
        row.setClinicId(group.clinicId());
        row.setTreatment(group.treatment());
        row.setInstrument(group.instrument());
        row.setEstimand(Estimand.PERIOD);
        row.setWindow(key.window().name());
        row.setDay(day);
        fill(row, tally);
        row.setRuleset(ruleset);
        row.setRevision(counted.revision());
        row.setAsOf(day);
        row.setComputedAt(Instant.ofEpochMilli(now));
        return row;
    }

    /** The counts of a row. */
    public static Tally counts(RateRow row) {
        return Tally.of(new int[] {
            row.getEligible(),
            row.getMeasured(),
            row.getResponded(),
            row.getPartial(),
            row.getMinimal(),
            row.getWorse(),
            row.getReliablyDeteriorated(),
            row.getRemitted(),
            row.getRelapsed(),
            row.getNoBaseline(),
            row.getBelowFloor(),
            row.getPending(),
            row.getDied()
        });
    }

    private static void fill(RateRow row, Tally tally) {
        row.setStarted(tally.started());
        row.setEligible(tally.get(Count.ELIGIBLE));
        row.setMeasured(tally.get(Count.MEASURED));
        row.setResponded(tally.get(Count.RESPONDED));
        row.setPartial(tally.get(Count.PARTIAL));
        row.setMinimal(tally.get(Count.MINIMAL));
        row.setWorse(tally.get(Count.WORSE));
        row.setReliablyDeteriorated(tally.get(Count.RELIABLY_DETERIORATED));
        row.setRemitted(tally.get(Count.REMITTED));
        row.setRelapsed(tally.get(Count.RELAPSED));
        row.setNoBaseline(tally.get(Count.NO_BASELINE));
        row.setBelowFloor(tally.get(Count.BELOW_FLOOR));
        row.setPending(tally.get(Count.PENDING));
        row.setDied(tally.get(Count.DIED));
        fill(row, RateStatistics.of(tally));
    }

    private static void fill(RateRow row, RateStatistics statistics) {
        row.setRateMeasured(statistics.rateMeasured());
        row.setWilsonLow(statistics.wilsonLow());
        row.setWilsonHigh(statistics.wilsonHigh());
        row.setRateEligible(statistics.rateEligible());
        row.setPercentMeasured(statistics.percentMeasured());
        row.setBestCase(statistics.bestCase());
        row.setWorstCase(statistics.worstCase());
        row.setRateStarted(statistics.rateStarted());
        row.setPercentMeasuredOfStarted(statistics.percentMeasuredOfStarted());
    }
}
