package care.outcomes.streams.topology;

import care.outcomes.schemas.record.Estimand;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.RateStatistics;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Tally.Count;
import care.outcomes.streams.topology.state.CohortOf;
import care.outcomes.streams.topology.state.CountedCohort;
import care.outcomes.streams.topology.state.CountedRow;
import care.outcomes.streams.topology.state.Expectation;
import care.outcomes.streams.topology.state.RowOf;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** From counts by day to the rows that are published. */
public final class RateRows {

    private RateRows() {}

    /** The days that get a row, none of them old. */
    static SortedMap<Integer, Tally> due(SortedMap<Integer, Tally> counts, Tally before) {
        return due(counts, before, Integer.MIN_VALUE);
    }

    /**
     * The days that get a row: where the counts differ from the day before, and each last day of a month unless nothing
     * is counted. Readers carry forward.
     *
     * @param counts counts of consecutive days
     * @param before counts of the day before the first
     * @param lastOld last day that is old, of which not all rows are kept, epoch day; {@link Integer#MIN_VALUE}: none is
     */
    static SortedMap<Integer, Tally> due(SortedMap<Integer, Tally> counts, Tally before, int lastOld) {
        NavigableMap<Integer, Tally> due = new TreeMap<>();
        Tally last = before;
        for (var entry : counts.entrySet()) {
            Tally tally = entry.getValue();
            if (!tally.equals(last) || (endsMonth(entry.getKey()) && !tally.isZero())) {
                due.put(entry.getKey(), tally);
            }
            last = tally;
        }
        expired(due, lastOld).forEach(due::remove);
        return due;
    }

    /**
     * The old days whose rows are not kept. Kept are each last day of a month, and the day whose counts stand on the last
     * old day, which readers carry forward from.
     *
     * @param rows by day
     * @param lastOld last day that is old, epoch day
     */
    static List<Integer> expired(SortedMap<Integer, ?> rows, int lastOld) {
        SortedMap<Integer, ?> old = rows.headMap(lastOld + 1);
        List<Integer> expired = new ArrayList<>();
        for (int day : old.keySet()) {
            if (!endsMonth(day) && day != old.lastKey()) {
                expired.add(day);
            }
        }
        return expired;
    }

    private static boolean endsMonth(int day) {
        return LocalDate.ofEpochDay(day + 1L).getDayOfMonth() == 1;
    }

    /** Record key of a cohort's row. */
    static String key(CohortOf row) {
        Group group = row.cohort().group();
        return String.join(
                "·",
                row.networkId(),
                group.clinicId(),
                group.treatment(),
                group.instrument(),
                Estimand.COHORT.name(),
                row.cohort().horizon(),
                row.cohort().month().toString());
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
        RateRow row = row(key.of().networkId(), key.of().group(), LocalDate.ofEpochDay(key.day()));
        row.setEstimand(Estimand.PERIOD);
        row.setWindow(key.window().name());
        fill(row, counted.tally());
        return signed(row, ruleset, counted.revision(), now);
    }

    /**
     * The row of a cohort.
     *
     * @param day day up to which it was read, epoch day
     * @param now wall clock, epoch milliseconds
     */
    static RateRow of(CohortOf key, CountedCohort counted, int day, String ruleset, long now) {
        RateRow row = row(key.networkId(), key.cohort().group(), LocalDate.ofEpochDay(day));
        row.setEstimand(Estimand.COHORT);
        row.setHorizon(key.cohort().horizon());
        row.setMonth(key.cohort().month().toString());
        fill(row, counted.tally());
        Expectation expectation = counted.expectation();
        row.setExpected(expectation.expected());
        row.setOe(expectation.oe(counted.tally()));
        row.setReference(expectation.reference());
        return signed(row, ruleset, counted.revision(), now);
    }

    private static RateRow row(String networkId, Group group, LocalDate day) {
        RateRow row = new RateRow();
        row.setNetworkId(networkId);
        row.setClinicId(group.clinicId());
        row.setTreatment(group.treatment());
        row.setInstrument(group.instrument());
        row.setDay(day);
        row.setAsOf(day);
        return row;
    }

    private static RateRow signed(RateRow row, String ruleset, long revision, long now) {
        row.setRuleset(ruleset);
        row.setRevision(revision);
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
