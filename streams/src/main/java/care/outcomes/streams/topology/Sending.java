package care.outcomes.streams.topology;

import care.outcomes.streams.feed.FeedCounts;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.trajectory.CoursePoint;
import care.outcomes.streams.topology.state.Difference;
import care.outcomes.streams.topology.state.FeedDifference;
import care.outcomes.streams.topology.state.MeasureDifference;
import care.outcomes.streams.topology.state.Waits;
import care.outcomes.streams.topology.state.Waits.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Differences that wait for one place, gathered into what is sent there: of rates one for each instrument, for the groups of
 * all treatments go together; of measures and of the feed one.
 */
final class Sending {

    /** Most days in one difference, some 20 bytes each; what is more goes in another. */
    private static final int MOST_DAYS = 10_000;

    private final Waits.Place place;
    private final List<Difference> rates = new ArrayList<>();
    private final Map<String, Gathering> open = new HashMap<>();
    private final MeasureDifference measures;
    private final SortedMap<Integer, FeedCounts> feed = new TreeMap<>();

    /** Nothing yet. */
    Sending(Waits.Place place) {
        this.place = place;
        this.measures = new MeasureDifference(place.networkId(), new TreeMap<>());
    }

    /** Where it goes. */
    Waits.Place place() {
        return place;
    }

    /** Differences of rates and charts. */
    List<Difference> rates() {
        return rates;
    }

    /** Differences of measure sums: one at most. */
    Collection<MeasureDifference> measures() {
        return measures.cells().isEmpty() ? List.of() : List.of(measures);
    }

    /** Differences of the feed: one at most. */
    Collection<FeedDifference> feeds() {
        return feed.isEmpty() ? List.of() : List.of(new FeedDifference(place.networkId(), place.clinicId(), feed));
    }

    /** Adds something. */
    void add(Entry<?, ?> entry) {
        Waits.VOTES.of(entry, (month, cells) -> {
            Group group = month.of().group();
            room(group, cells.size())
                    .cells()
                    .computeIfAbsent(group, any -> new TreeMap<>())
                    .putAll(cells);
        });
        Waits.COHORTS.of(
                entry,
                (of, cell) ->
                        room(of.cohort().group(), cell.steps().size()).cohorts().put(of.cohort(), cell));
        Waits.CHARTS.of(
                entry, (at, change) -> room(at.place().group(), 1).charts().put(at.place(), change));
        Waits.POINTS.of(entry, (of, cell) -> {
            CoursePoint point = of.point();
            room(new Group(Group.ALL, point.treatment(), point.instrument()), 1)
                    .points()
                    .put(point, cell);
        });
        Waits.MEASURES.of(entry, (of, counts) -> measures.cells().put(of.cell(), counts));
        Waits.FEEDS.of(entry, (day, counts) -> feed.put(day.day(), counts));
    }

    /** A difference being filled. */
    private static final class Gathering {
        private final Difference difference;
        private int days;

        Gathering(Difference difference) {
            this.difference = difference;
        }
    }

    private Difference room(Group group, int days) {
        Gathering gathering = open.get(group.instrument());
        if (gathering == null || gathering.days + days > MOST_DAYS) {
            gathering = new Gathering(new Difference(
                    place.networkId(),
                    place.clinicId(),
                    new TreeMap<>(),
                    new TreeMap<>(),
                    new TreeMap<>(),
                    new TreeMap<>()));
            open.put(group.instrument(), gathering);
            rates.add(gathering.difference);
        }
        gathering.days += days;
        return gathering.difference;
    }
}
