package care.outcomes.streams.topology.state;

import care.outcomes.streams.alert.Action;
import care.outcomes.streams.feed.FeedCounts;
import care.outcomes.streams.feed.FeedDay;
import care.outcomes.streams.measure.MeasureCounts;
import care.outcomes.streams.rate.Cell;
import care.outcomes.streams.rate.CohortCell;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.chart.ChartCase;
import care.outcomes.streams.rate.shareable.Release;
import care.outcomes.streams.rate.trajectory.PointCell;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Given;
import java.util.List;
import java.util.SortedMap;
import org.apache.kafka.common.serialization.Serde;

/** Serdes of what stores and internal topics hold. Stateless, so threads may share them. */
public final class StateSerdes {

    private StateSerdes() {}

    public static Serde<Segment> segment() {
        return Segment.CODEC.keys();
    }

    public static Serde<List<Fact>> facts() {
        return new FactsCodec().values();
    }

    public static Serde<List<Given>> given() {
        return new GivenCodec().values();
    }

    public static Serde<List<Action>> actions() {
        return new ActionsCodec().values();
    }

    public static Serde<ClinicState> clinic() {
        return ClinicState.CODEC.values();
    }

    public static Serde<ClinicSignal> clinicSignal() {
        return ClinicSignal.CODEC.values();
    }

    public static Serde<Told> told() {
        return Told.CODEC.values();
    }

    public static Serde<Head> head() {
        return Head.CODEC.values();
    }

    public static Serde<Published> published() {
        return Published.CODEC.values();
    }

    public static Serde<Due> due() {
        return Due.CODEC.keys();
    }

    public static Serde<NetworkGroup> group() {
        return NetworkGroup.CODEC.keys();
    }

    public static Serde<MonthOf> month() {
        return MonthOf.CODEC.keys();
    }

    public static Serde<SortedMap<Integer, Cell>> cells() {
        return new CellsCodec().values();
    }

    public static Serde<RowOf> row() {
        return RowOf.CODEC.keys();
    }

    public static Serde<CountedRow> counted() {
        return CountedRow.CODEC.values();
    }

    public static Serde<CohortOf> cohort() {
        return CohortOf.CODEC.keys();
    }

    public static Serde<CohortCell> cohortCell() {
        return new CohortCellCodec().values();
    }

    public static Serde<CountedCohort> countedCohort() {
        return CountedCohort.CODEC.values();
    }

    public static Serde<CohortDue> cohortDue() {
        return CohortDue.CODEC.keys();
    }

    public static Serde<ChartPlace> chartPlace() {
        return ChartPlace.CODEC.keys();
    }

    public static Serde<ChartCase> chartCase() {
        return ChartChange.CASE.values();
    }

    public static Serde<ChartChange> chartChange() {
        return ChartChange.CODEC.values();
    }

    public static Serde<Charted> charted() {
        return Charted.CODEC.values();
    }

    public static Serde<PointOf> pointOf() {
        return PointOf.CODEC.keys();
    }

    public static Serde<PointCell> pointCell() {
        return new PointCellCodec().values();
    }

    public static Serde<ToTotals> toTotals() {
        return ToTotals.CODEC.values();
    }

    public static Serde<MeasureOf> measure() {
        return MeasureOf.CODEC.keys();
    }

    public static Serde<SortedMap<String, MeasureCounts>> measureCounts() {
        return new MeasureCountsCodec().values();
    }

    public static Serde<MeasureSum> measureSum() {
        return MeasureSum.CODEC.values();
    }

    public static Serde<FeedDay> feedDay() {
        return new FeedDayCodec().keys();
    }

    public static Serde<FeedCounts> feedCounts() {
        return new FeedCountsCodec().values();
    }

    public static Serde<FeedState> feed() {
        return FeedState.CODEC.values();
    }

    public static Serde<FeedDifference> feedDifference() {
        return FeedDifference.CODEC.values();
    }

    public static Serde<Receipt> receipt() {
        return Receipt.CODEC.keys();
    }

    public static Serde<TreeOf> tree() {
        return TreeOf.CODEC.keys();
    }

    public static Serde<LeafOf> leafOf() {
        return LeafOf.CODEC.keys();
    }

    public static Serde<Tally> tally() {
        return new TallyCodec().values();
    }

    public static Serde<Release> release() {
        return new ReleaseCodec().values();
    }
}
