package care.outcomes.streams.topology;

import care.outcomes.schemas.CohortHorizon;
import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.ChartRow;
import care.outcomes.streams.Digest;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.chart.Chart;
import care.outcomes.streams.rate.chart.ChartCase;
import care.outcomes.streams.rate.chart.ChartCases.Place;
import care.outcomes.streams.topology.state.ChartChange;
import care.outcomes.streams.topology.state.ChartPlace;
import care.outcomes.streams.topology.state.Charted;
import care.outcomes.streams.topology.state.NetworkGroup;
import care.outcomes.streams.topology.state.StateSerdes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Charts in the totals task: keeps the cases of each group in order and draws its charts from the last of them anew, for a
 * late or corrected outcome changes all that follow.
 */
final class ChartTotals {

    static final String CASES = "chart-cases";
    static final String ROWS = "chart-rows";
    static final String DIRTY = "chart-dirty";

    private static final byte[] PRESENT = {1};

    private final RateRules rules;
    private final CohortHorizon horizon;
    private final KeyValueStore<ChartPlace, ChartCase> cases;
    private final KeyValueStore<NetworkGroup, Charted> rows;
    private final KeyValueStore<NetworkGroup, byte[]> dirty;

    ChartTotals(ProcessingContext context, RateRules rules) {
        this.rules = rules;
        horizon = Objects.requireNonNull(rules.horizons().get(rules.chart().horizon()));
        cases = context.getStateStore(CASES);
        rows = context.getStateStore(ROWS);
        dirty = context.getStateStore(DIRTY);
    }

    static Set<StoreBuilder<?>> builders(StoreType type) {
        return Set.of(
                // Without a cache: read backwards through one, some values came as null.
                Stores.keyValueStoreBuilder(type.supplier(CASES), StateSerdes.chartPlace(), StateSerdes.chartCase()),
                type.store(ROWS, StateSerdes.group(), StateSerdes.charted()),
                StoreType.small(DIRTY, StateSerdes.group(), Serdes.ByteArray()));
    }

    /**
     * Puts cases at their places and takes others away. Those that have not matured wait for their day.
     *
     * @param day day up to which charts were drawn, epoch day
     */
    void add(String networkId, SortedMap<Place, ChartChange> changes, int day) {
        changes.forEach((place, change) -> {
            ChartPlace key = new ChartPlace(networkId, place);
            NetworkGroup group = new NetworkGroup(networkId, place.group());
            ChartCase before = cases.get(key);
            ChartCase now = change.now();
            if (now == null) {
                cases.delete(key);
            } else {
                cases.put(key, now);
                await(group, now.maturesOn(), day);
            }
            if ((before != null && before.maturesOn() <= day) || (now != null && now.maturesOn() <= day)) {
                dirty.put(group, PRESENT);
            }
        });
    }

    private void await(NetworkGroup group, int maturesOn, int day) {
        Charted row = row(group);
        if (maturesOn > day && (row.next() == null || row.next() > maturesOn)) {
            rows.put(group, new Charted(row.digest(), row.revision(), maturesOn));
        }
    }

    /** On a new day the groups are drawn again in which a case matures. */
    void begin(int day) {
        for (KeyValue<NetworkGroup, Charted> row : listed(rows)) {
            Integer next = row.value.next();
            if (next != null && next <= day) {
                dirty.put(row.key, PRESENT);
            }
        }
    }

    /** All groups are drawn again: what they are compared with has changed. */
    void touch() {
        listed(rows).forEach(row -> dirty.put(row.key, PRESENT));
    }

    /**
     * Publishes the charts that have changed.
     *
     * @param day the horizon's day, epoch day
     * @return how many rows were sent
     */
    int publish(int day, References references, RateSink sink) {
        int sent = 0;
        for (KeyValue<NetworkGroup, byte[]> group : listed(dirty)) {
            sent += publish(group.key, day, references, sink);
            dirty.delete(group.key);
        }
        return sent;
    }

    private int publish(NetworkGroup group, int day, References references, RateSink sink) {
        List<ChartCase> matured = new ArrayList<>();
        Integer next = null;
        for (ChartCase it : latest(group, day)) {
            if (it.maturesOn() <= day) {
                matured.add(it);
            } else if (next == null || it.maturesOn() < next) {
                next = it.maturesOn();
            }
        }
        Charted old = row(group);
        if (matured.isEmpty()) {
            if (!old.digest().isEmpty()) {
                sink.send(Topics.CHART, ChartRows.key(group), null);
            }
            forgetOr(group, new Charted("", old.revision(), next));
            return old.digest().isEmpty() ? 0 : 1;
        }
        ChartRow row = ChartRows.of(group, matured, rules, references.known(), day);
        row.setRuleset(sink.ruleset());
        String digest = Digest.of(row.toString());
        long revision = digest.equals(old.digest()) ? old.revision() : old.revision() + 1;
        rows.put(group, new Charted(digest, revision, next));
        if (!digest.equals(old.digest())) {
            row.setRevision(revision);
            row.setAsOf(LocalDate.ofEpochDay(day));
            row.setComputedAt(Instant.ofEpochMilli(sink.now()));
            sink.send(Topics.CHART, ChartRows.key(group), row);
            return 1;
        }
        return 0;
    }

    /** The last cases of a group in order: as many mature ones as charts are drawn from, and all that have not matured. */
    private List<ChartCase> latest(NetworkGroup of, int day) {
        Group group = of.group();
        ChartPlace first = new ChartPlace(of.networkId(), new Place(group, Integer.MIN_VALUE, ""));
        ChartPlace last = new ChartPlace(of.networkId(), new Place(group, Integer.MAX_VALUE, ""));
        // A case takes its place by the day of its score, at most a window before it matures.
        int allMature = day - (horizon.latest() - horizon.earliest()) - 1;
        List<ChartCase> latest = new ArrayList<>();
        int matured = 0;
        int lastDay = Integer.MAX_VALUE;
        try (KeyValueIterator<ChartPlace, ChartCase> back = cases.reverseRange(first, last)) {
            while (back.hasNext()) {
                ChartCase it = back.next().value;
                // Ties of a day are broken below, so that all of them must be there.
                if (matured >= rules.chart().last() && it.on() < lastDay && it.on() < allMature) {
                    break;
                }
                latest.add(it);
                lastDay = it.on();
                matured += it.maturesOn() <= day ? 1 : 0;
            }
        }
        Collections.sort(latest, Chart.ORDER);
        return latest;
    }

    private void forgetOr(NetworkGroup group, Charted row) {
        if (row.next() == null) {
            rows.delete(group);
        } else {
            rows.put(group, row);
        }
    }

    private Charted row(NetworkGroup group) {
        Charted row = rows.get(group);
        return row == null ? Charted.NONE : row;
    }

    private static <K, V> List<KeyValue<K, V>> listed(KeyValueStore<K, V> store) {
        List<KeyValue<K, V>> all = new ArrayList<>();
        try (KeyValueIterator<K, V> entries = store.all()) {
            entries.forEachRemaining(all::add);
        }
        return all;
    }
}
