package care.outcomes.streams.topology;

import care.outcomes.streams.measure.MeasureCell;
import care.outcomes.streams.measure.MeasureCounts;
import care.outcomes.streams.measure.MeasureSums;
import care.outcomes.streams.topology.state.MeasureDifference;
import care.outcomes.streams.topology.state.MeasureOf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Differences of measure sums that wait to be sent: added up here first, so that a bulk load sends few. */
final class PendingMeasures {

    private final KeyValueStore<MeasureOf, SortedMap<String, MeasureCounts>> store;

    PendingMeasures(KeyValueStore<MeasureOf, SortedMap<String, MeasureCounts>> store) {
        this.store = store;
    }

    /** Adds what one patient changes. */
    void add(String networkId, SortedMap<MeasureCell, SortedMap<String, MeasureCounts>> difference) {
        difference.forEach((cell, byStratum) -> {
            MeasureOf of = new MeasureOf(networkId, cell);
            SortedMap<String, MeasureCounts> before = store.get(of);
            SortedMap<String, MeasureCounts> sum = before == null ? byStratum : MeasureSums.plus(before, byStratum);
            if (sum.isEmpty()) {
                store.delete(of);
            } else {
                store.put(of, sum);
            }
        });
    }

    /** Takes all out, one difference for each place where they meet. */
    List<MeasureDifference> take() {
        List<KeyValue<MeasureOf, SortedMap<String, MeasureCounts>>> all = new ArrayList<>();
        try (KeyValueIterator<MeasureOf, SortedMap<String, MeasureCounts>> entries = store.all()) {
            entries.forEachRemaining(all::add);
        }
        Map<List<String>, MeasureDifference> byPlace = new LinkedHashMap<>();
        all.forEach(entry -> {
            String networkId = entry.key.networkId();
            MeasureCell cell = entry.key.cell();
            byPlace.computeIfAbsent(
                            List.of(networkId, cell.clinicId()),
                            any -> new MeasureDifference(networkId, new TreeMap<>()))
                    .cells()
                    .put(cell, entry.value);
            store.delete(entry.key);
        });
        return List.copyOf(byPlace.values());
    }
}
