package care.outcomes.streams.topology;

import care.outcomes.streams.rate.Cell;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Window;
import care.outcomes.streams.topology.state.CountedRow;
import care.outcomes.streams.topology.state.MonthOf;
import care.outcomes.streams.topology.state.NetworkGroup;
import care.outcomes.streams.topology.state.RowOf;
import care.outcomes.streams.topology.state.StateSerdes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** The stores of the totals task, but for those of cohorts. */
final class TotalsStores {

    static final String CELLS = "cells";
    static final String ROWS = "rows";
    static final String DIRTY = "dirty";
    static final String ROLLED = "rolled";
    static final String MARKS = "totals-marks";

    private final KeyValueStore<MonthOf, SortedMap<Integer, Cell>> cells;
    private final KeyValueStore<RowOf, CountedRow> rows;
    private final KeyValueStore<NetworkGroup, Integer> dirty;
    private final KeyValueStore<NetworkGroup, Integer> rolled;

    TotalsStores(ProcessingContext context) {
        cells = context.getStateStore(CELLS);
        rows = context.getStateStore(ROWS);
        dirty = context.getStateStore(DIRTY);
        rolled = context.getStateStore(ROLLED);
    }

    static Set<StoreBuilder<?>> builders(StoreType type) {
        return Set.of(
                type.store(CELLS, StateSerdes.month(), StateSerdes.cells()),
                type.store(ROWS, StateSerdes.row(), StateSerdes.counted()),
                StoreType.small(DIRTY, StateSerdes.group(), Serdes.Integer()),
                StoreType.small(ROLLED, StateSerdes.group(), Serdes.Integer()),
                StoreType.small(MARKS, Serdes.String(), Serdes.Long()));
    }

    /** Adds differences, and remembers from which day on rows are to be looked at again. */
    void add(NetworkGroup group, SortedMap<Integer, Cell> differences) {
        MonthOf.split(differences).forEach((number, days) -> {
            MonthOf month = new MonthOf(group, number);
            SortedMap<Integer, Cell> sum = CellSums.add(cells.get(month), days);
            if (sum.isEmpty()) {
                cells.delete(month);
            } else {
                cells.put(month, sum);
            }
        });
        touch(group, differences.firstKey());
    }

    void touch(NetworkGroup group, int day) {
        Integer before = dirty.get(group);
        if (before == null || before > day) {
            dirty.put(group, day);
        }
    }

    /** From which day on a group is to be looked at again, epoch day; null: not at all. */
    @Nullable
    Integer dirty(NetworkGroup group) {
        return dirty.get(group);
    }

    /** Groups to look at again, each from which day on. */
    List<KeyValue<NetworkGroup, Integer>> dirty() {
        return listed(dirty.all());
    }

    /** All groups, each with the day up to which its rows were looked at. */
    List<KeyValue<NetworkGroup, Integer>> rolled() {
        return listed(rolled.all());
    }

    @Nullable
    Integer rolledTo(NetworkGroup group) {
        return rolled.get(group);
    }

    /** Notes that the rows of a group are right up to a day. */
    void settle(NetworkGroup group, int to) {
        Integer before = rolled.get(group);
        if (before == null || before != to) {
            rolled.put(group, to);
        }
        dirty.delete(group);
    }

    /** Cells of a group in the months of a range of days. */
    SortedMap<Integer, Cell> cells(NetworkGroup group, int from, int to) {
        SortedMap<Integer, Cell> all = new TreeMap<>();
        MonthOf first = new MonthOf(group, MonthOf.of(from));
        try (KeyValueIterator<MonthOf, SortedMap<Integer, Cell>> months =
                cells.range(first, new MonthOf(group, MonthOf.of(to)))) {
            months.forEachRemaining(month -> all.putAll(month.value));
        }
        return all;
    }

    /** Counts of a group on the day before, from the last row before a day. */
    Tally before(NetworkGroup group, Window window, int day) {
        RowOf last = new RowOf(group, window, day - 1);
        try (KeyValueIterator<RowOf, CountedRow> earlier =
                rows.reverseRange(new RowOf(group, window, Integer.MIN_VALUE), last)) {
            return earlier.hasNext() ? earlier.next().value.tally() : Tally.ZERO;
        }
    }

    /** A row as last published; null if there is none. */
    @Nullable
    CountedRow row(RowOf key) {
        return rows.get(key);
    }

    /** Counts of a row; zero if there is none. */
    Tally on(RowOf key) {
        CountedRow row = row(key);
        return row == null ? Tally.ZERO : row.tally();
    }

    /** Published rows that sort after one. */
    List<KeyValue<RowOf, CountedRow>> rowsAfter(@Nullable RowOf after, int most) {
        List<KeyValue<RowOf, CountedRow>> slice = new ArrayList<>();
        try (KeyValueIterator<RowOf, CountedRow> all = after == null ? rows.all() : rows.range(after, null)) {
            while (all.hasNext() && slice.size() < most) {
                KeyValue<RowOf, CountedRow> row = all.next();
                if (!row.key.equals(after)) {
                    slice.add(row);
                }
            }
        }
        return slice;
    }

    /** Published rows of a range of days. */
    SortedMap<Integer, CountedRow> rows(NetworkGroup group, Window window, int from, int to) {
        SortedMap<Integer, CountedRow> published = new TreeMap<>();
        try (KeyValueIterator<RowOf, CountedRow> range =
                rows.range(new RowOf(group, window, from), new RowOf(group, window, to))) {
            range.forEachRemaining(row -> published.put(row.key.day(), row.value));
        }
        return published;
    }

    void put(RowOf key, CountedRow row) {
        rows.put(key, row);
    }

    void delete(RowOf key) {
        rows.delete(key);
    }

    private static <K, V> List<KeyValue<K, V>> listed(KeyValueIterator<K, V> entries) {
        List<KeyValue<K, V>> all = new ArrayList<>();
        try (entries) {
            entries.forEachRemaining(all::add);
        }
        return all;
    }
}
