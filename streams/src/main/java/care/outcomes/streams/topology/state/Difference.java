package care.outcomes.streams.topology.state;

import care.outcomes.streams.rate.Cell;
import care.outcomes.streams.rate.Cohort;
import care.outcomes.streams.rate.CohortCell;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.chart.ChartCases.Place;
import care.outcomes.streams.rate.trajectory.CoursePoint;
import care.outcomes.streams.rate.trajectory.PointCell;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What changed in the counts of one clinic, or of all, under one instrument, on its way to where groups are added up. The
 * groups of all treatments travel together, for their sum makes sense only when it is whole.
 *
 * @param networkId the network
 * @param clinicId the clinic, or all
 * @param cells differences of votes by group and day, epoch day
 * @param cohorts differences by cohort
 * @param charts changes of charts by place
 * @param points differences of what courses came to by point; of all clinics only
 */
public record Difference(
        String networkId,
        String clinicId,
        SortedMap<Group, SortedMap<Integer, Cell>> cells,
        SortedMap<Cohort, CohortCell> cohorts,
        SortedMap<Place, ChartChange> charts,
        SortedMap<CoursePoint, PointCell> points)
        implements ToTotals {

    /** All that a clinic's rates are made of, or a network's, meets in one place. */
    public String meetsAt() {
        return clinicId.equals(Group.ALL) ? networkId : networkId + "·" + clinicId;
    }

    static final Codec<Difference> CODEC = new Codec<>() {
        private final CellsCodec ofGroup = new CellsCodec();
        private final CohortCellCodec ofCohort = new CohortCellCodec();
        private final PointCellCodec ofPoint = new PointCellCodec();

        @Override
        public void write(Difference difference, Encoder out) {
            out.text(difference.networkId).text(difference.clinicId);
            out.unsigned(difference.cells.size());
            difference.cells.forEach((group, days) -> {
                NetworkGroup.CODEC.write(new NetworkGroup(difference.networkId, group), out);
                ofGroup.write(days, out);
            });
            out.unsigned(difference.cohorts.size());
            difference.cohorts.forEach((cohort, cell) -> {
                CohortOf.CODEC.write(new CohortOf(difference.networkId, cohort), out);
                ofCohort.write(cell, out);
            });
            out.unsigned(difference.charts.size());
            difference.charts.forEach((place, change) -> {
                ChartPlace.CODEC.write(new ChartPlace(difference.networkId, place), out);
                ChartChange.CODEC.write(change, out);
            });
            out.unsigned(difference.points.size());
            difference.points.forEach((point, cell) -> {
                PointOf.CODEC.write(new PointOf(difference.networkId, point), out);
                ofPoint.write(cell, out);
            });
        }

        @Override
        public Difference read(Decoder in) {
            String networkId = in.text();
            String clinicId = in.text();
            SortedMap<Group, SortedMap<Integer, Cell>> cells = new TreeMap<>();
            for (long left = in.unsigned(); left > 0; left--) {
                cells.put(NetworkGroup.CODEC.read(in).group(), ofGroup.read(in));
            }
            SortedMap<Cohort, CohortCell> cohorts = new TreeMap<>();
            for (long left = in.unsigned(); left > 0; left--) {
                cohorts.put(CohortOf.CODEC.read(in).cohort(), ofCohort.read(in));
            }
            SortedMap<Place, ChartChange> charts = new TreeMap<>();
            for (long left = in.unsigned(); left > 0; left--) {
                charts.put(ChartPlace.CODEC.read(in).place(), ChartChange.CODEC.read(in));
            }
            SortedMap<CoursePoint, PointCell> points = new TreeMap<>();
            for (long left = in.unsigned(); left > 0; left--) {
                points.put(PointOf.CODEC.read(in).point(), ofPoint.read(in));
            }
            return new Difference(networkId, clinicId, cells, cohorts, charts, points);
        }
    };
}
