package care.outcomes.streams.topology;

import care.outcomes.streams.alert.Action;
import care.outcomes.streams.feed.FeedChange;
import care.outcomes.streams.feed.FeedCounts;
import care.outcomes.streams.feed.FeedDay;
import care.outcomes.streams.rate.Cell;
import care.outcomes.streams.rate.Cells;
import care.outcomes.streams.rate.CohortCell;
import care.outcomes.streams.rate.CohortCells;
import care.outcomes.streams.rate.chart.ChartCase;
import care.outcomes.streams.rate.chart.ChartCases.Place;
import care.outcomes.streams.rate.trajectory.CoursePoint;
import care.outcomes.streams.rate.trajectory.PointCell;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Given;
import care.outcomes.streams.topology.state.ChartChange;
import care.outcomes.streams.topology.state.ChartPlace;
import care.outcomes.streams.topology.state.CohortOf;
import care.outcomes.streams.topology.state.Difference;
import care.outcomes.streams.topology.state.Due;
import care.outcomes.streams.topology.state.Due.Clock;
import care.outcomes.streams.topology.state.Head;
import care.outcomes.streams.topology.state.MonthOf;
import care.outcomes.streams.topology.state.NetworkGroup;
import care.outcomes.streams.topology.state.PointOf;
import care.outcomes.streams.topology.state.Published;
import care.outcomes.streams.topology.state.Receipt;
import care.outcomes.streams.topology.state.Segment;
import care.outcomes.streams.topology.state.StateSerdes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** The stores of the patient task. */
final class PatientStores {

    static final String FACTS = "facts";
    static final String GIVEN = "given";
    static final String ACTIONS = "actions";
    static final String HEAD = "head";
    static final String PUBLISHED = "published";
    static final String PENDING = "pending";
    static final String PENDING_COHORTS = "pending-cohorts";
    static final String PENDING_CHARTS = "pending-charts";
    static final String PENDING_POINTS = "pending-points";
    static final String PENDING_MEASURES = "pending-measures";
    static final String DUE = "due";
    static final String FEED_PENDING = "feed-pending";
    static final String RECEIPTS = "receipts";
    static final String MARKS = "patient-marks";

    private static final byte[] PRESENT = {1};

    private final KeyValueStore<Segment, List<Fact>> facts;
    private final KeyValueStore<Segment, List<Given>> given;
    private final KeyValueStore<String, List<Action>> actions;
    private final KeyValueStore<String, Head> heads;
    private final KeyValueStore<String, Published> published;
    private final KeyValueStore<MonthOf, SortedMap<Integer, Cell>> pending;
    private final KeyValueStore<CohortOf, CohortCell> pendingCohorts;
    private final KeyValueStore<ChartPlace, ChartChange> pendingCharts;
    private final KeyValueStore<PointOf, PointCell> pendingPoints;
    private final KeyValueStore<Due, byte[]> due;
    private final KeyValueStore<FeedDay, FeedCounts> feedPending;
    private final KeyValueStore<Receipt, Integer> receipts;

    PatientStores(ProcessingContext context) {
        facts = context.getStateStore(FACTS);
        given = context.getStateStore(GIVEN);
        actions = context.getStateStore(ACTIONS);
        heads = context.getStateStore(HEAD);
        published = context.getStateStore(PUBLISHED);
        pending = context.getStateStore(PENDING);
        pendingCohorts = context.getStateStore(PENDING_COHORTS);
        pendingCharts = context.getStateStore(PENDING_CHARTS);
        pendingPoints = context.getStateStore(PENDING_POINTS);
        due = context.getStateStore(DUE);
        feedPending = context.getStateStore(FEED_PENDING);
        receipts = context.getStateStore(RECEIPTS);
    }

    static Set<StoreBuilder<?>> builders(StoreType type) {
        return Set.of(
                type.store(FACTS, StateSerdes.segment(), StateSerdes.facts()),
                type.store(GIVEN, StateSerdes.segment(), StateSerdes.given()),
                type.store(ACTIONS, Serdes.String(), StateSerdes.actions()),
                type.store(HEAD, Serdes.String(), StateSerdes.head()),
                type.store(PUBLISHED, Serdes.String(), StateSerdes.published()),
                StoreType.small(PENDING, StateSerdes.month(), StateSerdes.cells()),
                StoreType.small(PENDING_COHORTS, StateSerdes.cohort(), StateSerdes.cohortCell()),
                StoreType.small(PENDING_CHARTS, StateSerdes.chartPlace(), StateSerdes.chartChange()),
                StoreType.small(PENDING_POINTS, StateSerdes.pointOf(), StateSerdes.pointCell()),
                StoreType.small(PENDING_MEASURES, StateSerdes.measure(), StateSerdes.measureCounts()),
                type.store(DUE, StateSerdes.due(), Serdes.ByteArray()),
                StoreType.small(FEED_PENDING, StateSerdes.feedDay(), StateSerdes.feedCounts()),
                type.store(RECEIPTS, StateSerdes.receipt(), Serdes.Integer()),
                StoreType.small(MARKS, Serdes.String(), Serdes.Long()));
    }

    Head head(String patientKey) {
        Head head = heads.get(patientKey);
        return head == null ? Head.NEW : head;
    }

    Published published(String patientKey) {
        Published before = published.get(patientKey);
        return before == null ? Published.NOTHING : before;
    }

    /** Versions recorded under a key, at their places. */
    List<Fact> facts(String patientKey, Head head) {
        return Segment.read(facts, patientKey, head.facts());
    }

    /** Versions that other keys gave to a key, at their places. */
    List<Given> given(String patientKey, Head head) {
        return Segment.read(given, patientKey, head.given());
    }

    /** Keeps what changed of the versions recorded under a key. */
    void keepFacts(String patientKey, List<Fact> before, List<Fact> now) {
        Segment.write(facts, patientKey, before, now);
    }

    /** Keeps what changed of the versions given to a key. */
    void keepGiven(String patientKey, List<Given> before, List<Given> now) {
        Segment.write(given, patientKey, before, now);
    }

    /** What people did about the alerts of a patient, in order. */
    List<Action> actions(String patientKey, Head head) {
        List<Action> known = head.actions() == 0 ? null : actions.get(patientKey);
        return known == null ? List.of() : known;
    }

    void keepActions(String patientKey, List<Action> before, List<Action> now) {
        if (now.isEmpty() && !before.isEmpty()) {
            actions.delete(patientKey);
        } else if (!now.equals(before)) {
            actions.put(patientKey, now);
        }
    }

    void keepPublished(String patientKey, Published now) {
        published.put(patientKey, now);
    }

    /** Keeps the head, and with it what falls due. */
    void keepHead(String patientKey, Head before, Head now) {
        heads.put(patientKey, now);
        move(Clock.HORIZON, patientKey, before.due(), now.due());
        move(Clock.WALL, patientKey, before.recheck(), now.recheck());
    }

    private void move(Clock clock, String patientKey, long from, long to) {
        if (from != to && from != Long.MAX_VALUE) {
            due.delete(new Due(clock, from, patientKey));
        }
        if (from != to && to != Long.MAX_VALUE) {
            due.put(new Due(clock, to, patientKey), PRESENT);
        }
    }

    /** Patients for whom something is due, earliest first. */
    List<String> due(Clock clock, long until, int most) {
        return due(clock, Long.MIN_VALUE, until, most);
    }

    /** Patients for whom something is due at just this instant. */
    List<String> dueAt(Clock clock, long at, int most) {
        return due(clock, at, at, most);
    }

    private List<String> due(Clock clock, long from, long until, int most) {
        List<String> patients = new ArrayList<>();
        Due last = new Due(clock, until == Long.MAX_VALUE ? until : until + 1, "");
        try (KeyValueIterator<Due, byte[]> dues = due.range(new Due(clock, from, ""), last)) {
            while (dues.hasNext() && patients.size() < most) {
                patients.add(dues.next().key.patientKey());
            }
        }
        return patients;
    }

    /** Keys of patients that sort after one. */
    List<String> patientsAfter(String patientKey, int most) {
        List<String> patients = new ArrayList<>();
        try (KeyValueIterator<String, Head> all = heads.range(patientKey, null)) {
            while (all.hasNext() && patients.size() < most) {
                String next = all.next().key;
                if (!next.equals(patientKey)) {
                    patients.add(next);
                }
            }
        }
        return patients;
    }

    /** Adds differences to those that wait to be sent. */
    void addPending(String networkId, Cells difference) {
        difference.byGroup().forEach((group, days) -> {
            NetworkGroup of = new NetworkGroup(networkId, group);
            MonthOf.split(days).forEach((month, cells) -> {
                MonthOf key = new MonthOf(of, month);
                SortedMap<Integer, Cell> sum = CellSums.add(pending.get(key), cells);
                if (sum.isEmpty()) {
                    pending.delete(key);
                } else {
                    pending.put(key, sum);
                }
            });
        });
    }

    /** Adds differences of cohorts to those that wait to be sent. */
    void addPending(String networkId, CohortCells difference) {
        difference.byCohort().forEach((cohort, cell) -> {
            CohortOf key = new CohortOf(networkId, cohort);
            CohortCell waiting = pendingCohorts.get(key);
            CohortCell sum = waiting == null ? cell : waiting.plus(cell);
            if (sum.isZero()) {
                pendingCohorts.delete(key);
            } else {
                pendingCohorts.put(key, sum);
            }
        });
    }

    /** Adds changes of charts to those that wait to be sent; of two at one place the later counts. */
    void addPending(String networkId, SortedMap<Place, @Nullable ChartCase> changes) {
        changes.forEach((place, it) -> pendingCharts.put(new ChartPlace(networkId, place), new ChartChange(it)));
    }

    /** Adds differences of what courses came to, to those that wait to be sent. */
    void addPendingPoints(String networkId, SortedMap<CoursePoint, PointCell> difference) {
        difference.forEach((point, cell) -> {
            PointOf key = new PointOf(networkId, point);
            PointCell waiting = pendingPoints.get(key);
            PointCell sum = waiting == null ? cell : waiting.plus(cell);
            if (sum.isZero()) {
                pendingPoints.delete(key);
            } else {
                pendingPoints.put(key, sum);
            }
        });
    }

    /** Takes out all differences that wait to be sent. */
    List<Difference> takePending() {
        List<KeyValue<MonthOf, SortedMap<Integer, Cell>>> votes = listed(pending);
        List<KeyValue<CohortOf, CohortCell>> cohorts = listed(pendingCohorts);
        List<KeyValue<ChartPlace, ChartChange>> charts = listed(pendingCharts);
        List<KeyValue<PointOf, PointCell>> points = listed(pendingPoints);
        votes.forEach(entry -> pending.delete(entry.key));
        cohorts.forEach(entry -> pendingCohorts.delete(entry.key));
        charts.forEach(entry -> pendingCharts.delete(entry.key));
        points.forEach(entry -> pendingPoints.delete(entry.key));
        return Differences.gather(votes, cohorts, charts, points);
    }

    private static <K, V> List<KeyValue<K, V>> listed(KeyValueStore<K, V> store) {
        List<KeyValue<K, V>> all = new ArrayList<>();
        try (KeyValueIterator<K, V> entries = store.all()) {
            entries.forEachRemaining(all::add);
        }
        return all;
    }

    /** What is remembered of the versions of a patient's facts that are not live. */
    FeedReceipts receipts(String patientKey) {
        return new FeedReceipts(receipts, patientKey);
    }

    /** Adds differences of feeds to those that wait to be sent. */
    void addPending(FeedChange change) {
        change.byDay().forEach((day, counts) -> {
            FeedCounts before = feedPending.get(day);
            FeedCounts sum = before == null ? counts : before.plus(counts);
            if (sum.equals(FeedCounts.ZERO)) {
                feedPending.delete(day);
            } else {
                feedPending.put(day, sum);
            }
        });
    }

    /** Takes all differences of feeds that wait to be sent. */
    FeedChange takeFeedPending() {
        FeedChange all = new FeedChange();
        try (KeyValueIterator<FeedDay, FeedCounts> entries = feedPending.all()) {
            entries.forEachRemaining(day -> all.add(day.key, day.value));
        }
        all.byDay().keySet().forEach(feedPending::delete);
        return all;
    }
}
