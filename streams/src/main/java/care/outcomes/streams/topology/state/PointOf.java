package care.outcomes.streams.topology.state;

import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.trajectory.CoursePoint;
import java.time.YearMonth;
import java.time.temporal.ChronoField;

/**
 * A point of courses of any network; sorts by the month they began in within treatment and instrument.
 *
 * @param networkId the network
 * @param point the point within it
 */
public record PointOf(String networkId, CoursePoint point) {

    /** What comes before all points of courses begun in a month. */
    public static PointOf before(NetworkGroup of, YearMonth begun) {
        return new PointOf(
                of.networkId(),
                new CoursePoint(of.group().treatment(), of.group().instrument(), begun, 0, 0));
    }

    static final Codec<PointOf> CODEC = new Codec<>() {
        @Override
        public void write(PointOf key, Encoder out) {
            CoursePoint point = key.point;
            NetworkGroup.CODEC.write(
                    new NetworkGroup(key.networkId, new Group(Group.ALL, point.treatment(), point.instrument())), out);
            out.sorted((int) point.begun().getLong(ChronoField.PROLEPTIC_MONTH))
                    .unsigned(point.band())
                    .unsigned(point.dose());
        }

        @Override
        public PointOf read(Decoder in) {
            NetworkGroup of = NetworkGroup.CODEC.read(in);
            YearMonth begun = YearMonth.of(0, 1).plusMonths(in.sortedInt());
            Group group = of.group();
            return new PointOf(
                    of.networkId(),
                    new CoursePoint(
                            group.treatment(), group.instrument(), begun, (int) in.unsigned(), (int) in.unsigned()));
        }
    };
}
