package care.outcomes.streams.topology;

import care.outcomes.streams.measure.MeasureCounts;
import care.outcomes.streams.measure.MeasureSums;
import care.outcomes.streams.topology.state.MeasureOf;
import care.outcomes.streams.topology.state.MeasureSum;
import care.outcomes.streams.topology.state.StateSerdes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** The stores of the measure totals task. */
final class MeasureStores {

    static final String SUMS = "measure-sums";
    static final String ROWS = "measure-rows";
    static final String DIRTY = "measure-dirty";
    static final String MARKS = "measure-marks";

    private static final byte[] PRESENT = {1};

    private final KeyValueStore<MeasureOf, SortedMap<String, MeasureCounts>> sums;
    private final KeyValueStore<MeasureOf, MeasureSum> rows;
    private final KeyValueStore<MeasureOf, byte[]> dirty;

    MeasureStores(ProcessingContext context) {
        sums = context.getStateStore(SUMS);
        rows = context.getStateStore(ROWS);
        dirty = context.getStateStore(DIRTY);
    }

    static Set<StoreBuilder<?>> builders(StoreType type) {
        return Set.of(
                type.store(SUMS, StateSerdes.measure(), StateSerdes.measureCounts()),
                type.store(ROWS, StateSerdes.measure(), StateSerdes.measureSum()),
                StoreType.small(DIRTY, StateSerdes.measure(), Serdes.ByteArray()),
                StoreType.small(MARKS, Serdes.String(), Serdes.Long()));
    }

    /** Adds a difference. */
    void add(MeasureOf of, SortedMap<String, MeasureCounts> difference) {
        SortedMap<String, MeasureCounts> sum = MeasureSums.plus(sum(of), difference);
        if (sum.isEmpty()) {
            sums.delete(of);
        } else {
            sums.put(of, sum);
        }
        touch(of);
    }

    SortedMap<String, MeasureCounts> sum(MeasureOf of) {
        SortedMap<String, MeasureCounts> sum = sums.get(of);
        return sum == null ? new TreeMap<>() : sum;
    }

    /** Notes that a row is to be looked at. */
    void touch(MeasureOf of) {
        dirty.put(of, PRESENT);
    }

    void settle(MeasureOf of) {
        dirty.delete(of);
    }

    /** Rows to look at. */
    List<MeasureOf> dirty() {
        return keys(dirty.all());
    }

    /** All rows that are published. */
    List<MeasureOf> published() {
        return keys(rows.all());
    }

    @Nullable
    MeasureSum row(MeasureOf of) {
        return rows.get(of);
    }

    void put(MeasureOf of, MeasureSum row) {
        rows.put(of, row);
    }

    void delete(MeasureOf of) {
        rows.delete(of);
    }

    private static <V> List<MeasureOf> keys(KeyValueIterator<MeasureOf, V> entries) {
        List<MeasureOf> keys = new ArrayList<>();
        try (entries) {
            entries.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }
}
