package care.outcomes.streams.topology;

import care.outcomes.streams.topology.state.ClinicSignal;
import care.outcomes.streams.topology.state.FeedDifference;
import care.outcomes.streams.topology.state.MeasureDifference;
import care.outcomes.streams.topology.state.ToTotals;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What the patient task and the totals task send on. */
sealed interface Output
        permits Output.Row, Output.Change, Output.MeasureChange, Output.OfFeed, Output.OfClinic, Output.Shared {

    /**
     * Something to publish.
     *
     * @param topic where
     * @param key record key
     * @param value null takes back what was published under the key
     */
    record Row(String topic, String key, @Nullable SpecificRecord value) implements Output {}

    /** Something for the totals tasks. */
    record Change(ToTotals message) implements Output {}

    /** A difference of measure sums on its way to their totals. */
    record MeasureChange(MeasureDifference difference) implements Output {}

    /** A difference of the account of a feed on its way to where it is added up. */
    record OfFeed(FeedDifference difference) implements Output {}

    /** Something for the task of a clinic's own alerts. */
    record OfClinic(ClinicSignal signal) implements Output {}

    /** Something for the shareable tier. */
    record Shared(ToTotals message) implements Output {}
}
