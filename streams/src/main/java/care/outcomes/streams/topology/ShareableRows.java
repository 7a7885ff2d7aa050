package care.outcomes.streams.topology;

import care.outcomes.schemas.record.Estimand;
import care.outcomes.schemas.record.ShareableRateRow;
import care.outcomes.streams.rate.RateStatistics;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Tally.Count;
import care.outcomes.streams.rate.shareable.Block;
import care.outcomes.streams.rate.shareable.Facet;
import care.outcomes.streams.rate.shareable.ReleasedRow;
import care.outcomes.streams.topology.state.TreeOf;
import java.time.Instant;
import java.time.LocalDate;

/**
 * From what is released to the rows that are published.
 *
 * @param tree network, instrument and year
 * @param horizon catalogue id of the horizon
 * @param ruleset rules the counts were derived under
 * @param now wall clock, epoch milliseconds
 */
record ShareableRows(TreeOf tree, String horizon, String ruleset, long now) {

    /** Record key of a row. */
    String key(Block block) {
        return String.join(
                "·",
                tree.networkId(),
                block.clinicId(),
                block.treatment(),
                tree.instrument(),
                Estimand.COHORT.name(),
                horizon,
                block.period().toString());
    }

    /** A row with what it shows; all else is null. */
    ShareableRateRow of(Block block, ReleasedRow released) {
        Tally tally = released.last().tally();
        ShareableRateRow row =
                empty(block, released.last().asOf(), released.versions().size());
        row.setEligible(tally.get(Count.ELIGIBLE));
        row.setMeasured(tally.get(Count.MEASURED));
        row.setResponded(tally.get(Count.RESPONDED));
        RateStatistics statistics = RateStatistics.of(tally);
        row.setRateMeasured(statistics.rateMeasured());
        row.setWilsonLow(statistics.wilsonLow());
        row.setWilsonHigh(statistics.wilsonHigh());
        row.setRateEligible(statistics.rateEligible());
        row.setPercentMeasured(statistics.percentMeasured());
        row.setBestCase(statistics.bestCase());
        row.setWorstCase(statistics.worstCase());
        for (Facet facet : released.facets()) {
            fill(row, facet, tally);
        }
        return row;
    }

    private static void fill(ShareableRateRow row, Facet facet, Tally tally) {
        switch (facet) {
            case CORE -> {
                // Every row shows it.
            }
            case STARTED -> row.setStarted(tally.started());
            case EXCLUSIONS -> {
                row.setNoBaseline(tally.get(Count.NO_BASELINE));
                row.setBelowFloor(tally.get(Count.BELOW_FLOOR));
            }
            case CLASSES -> {
                row.setPartial(tally.get(Count.PARTIAL));
                row.setMinimal(tally.get(Count.MINIMAL));
                row.setWorse(tally.get(Count.WORSE));
            }
            case REMISSION -> row.setRemitted(tally.get(Count.REMITTED));
        }
    }

    /**
     * A row that says only that there is too little.
     *
     * @param asOf horizon, epoch day
     */
    ShareableRateRow suppressed(Block block, int asOf) {
        ShareableRateRow row = empty(block, asOf, 1);
        row.setSuppressed(true);
        return row;
    }

    private ShareableRateRow empty(Block block, int asOf, long revision) {
        ShareableRateRow row = new ShareableRateRow();
        row.setNetworkId(tree.networkId());
        row.setClinicId(block.clinicId());
        row.setTreatment(block.treatment());
        row.setInstrument(tree.instrument());
        row.setEstimand(Estimand.COHORT);
        row.setHorizon(horizon);
        row.setPeriod(block.period().toString());
        row.setRuleset(ruleset);
        row.setRevision(revision);
        row.setAsOf(LocalDate.ofEpochDay(asOf));
        row.setComputedAt(Instant.ofEpochMilli(now));
        return row;
    }
}
