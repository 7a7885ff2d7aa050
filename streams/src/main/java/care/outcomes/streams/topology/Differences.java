package care.outcomes.streams.topology;

import care.outcomes.streams.rate.Cell;
import care.outcomes.streams.rate.CohortCell;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.trajectory.CoursePoint;
import care.outcomes.streams.rate.trajectory.PointCell;
import care.outcomes.streams.topology.state.ChartChange;
import care.outcomes.streams.topology.state.ChartPlace;
import care.outcomes.streams.topology.state.CohortOf;
import care.outcomes.streams.topology.state.Difference;
import care.outcomes.streams.topology.state.MonthOf;
import care.outcomes.streams.topology.state.PointOf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;

/** Gathers differences that wait into what is sent: one for each clinic and instrument. */
final class Differences {

    /** Most days in one difference, some 20 bytes each; what is more goes in another. */
    private static final int MOST_DAYS = 10_000;

    private final List<Difference> all = new ArrayList<>();
    private final Map<List<String>, Gathering> open = new HashMap<>();

    private Differences() {}

    /**
     * Gathers.
     *
     * @param votes differences of votes by group and month
     * @param cohorts differences by cohort
     * @param charts changes of charts by place
     * @param points differences of what courses came to by point
     */
    static List<Difference> gather(
            List<KeyValue<MonthOf, SortedMap<Integer, Cell>>> votes,
            List<KeyValue<CohortOf, CohortCell>> cohorts,
            List<KeyValue<ChartPlace, ChartChange>> charts,
            List<KeyValue<PointOf, PointCell>> points) {
        Differences differences = new Differences();
        for (KeyValue<MonthOf, SortedMap<Integer, Cell>> month : votes) {
            Group group = month.key.of().group();
            differences
                    .room(month.key.of().networkId(), group, month.value.size())
                    .cells()
                    .computeIfAbsent(group, any -> new TreeMap<>())
                    .putAll(month.value);
        }
        for (KeyValue<CohortOf, CohortCell> cohort : cohorts) {
            differences
                    .room(
                            cohort.key.networkId(),
                            cohort.key.cohort().group(),
                            cohort.value.steps().size())
                    .cohorts()
                    .put(cohort.key.cohort(), cohort.value);
        }
        for (KeyValue<ChartPlace, ChartChange> chart : charts) {
            differences
                    .room(chart.key.networkId(), chart.key.place().group(), 1)
                    .charts()
                    .put(chart.key.place(), chart.value);
        }
        for (KeyValue<PointOf, PointCell> entry : points) {
            CoursePoint point = entry.key.point();
            Group group = new Group(Group.ALL, point.treatment(), point.instrument());
            differences.room(entry.key.networkId(), group, 1).points().put(point, entry.value);
        }
        return differences.all;
    }

    /** A difference being filled. */
    private static final class Gathering {
        private final Difference difference;
        private int days;

        Gathering(Difference difference) {
            this.difference = difference;
        }
    }

    private Difference room(String networkId, Group group, int days) {
        List<String> together = List.of(networkId, group.clinicId(), group.instrument());
        Gathering gathering = open.get(together);
        if (gathering == null || gathering.days + days > MOST_DAYS) {
            gathering = new Gathering(new Difference(
                    networkId, group.clinicId(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>()));
            open.put(together, gathering);
            all.add(gathering.difference);
        }
        gathering.days += days;
        return gathering.difference;
    }
}
