package care.outcomes.streams.topology;

import care.outcomes.streams.rate.Cell;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Roll;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Window;
import care.outcomes.streams.topology.state.CountedRow;
import care.outcomes.streams.topology.state.NetworkGroup;
import care.outcomes.streams.topology.state.RowOf;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/** Periods in the totals task: adds differences up, rolls them through the windows, publishes the rows that changed. */
final class PeriodTotals {

    /** How long rows of days other than month ends are kept, days (CONTRACT §1). */
    static final int KEPT = 400;

    private final TotalsStores stores;
    private final boolean expires;

    /**
     * Periods.
     *
     * @param expires whether old rows are taken back
     */
    PeriodTotals(TotalsStores stores, boolean expires) {
        this.stores = stores;
        this.expires = expires;
    }

    /** Adds differences, and to the groups over all treatments what those of each treatment add to them. */
    void add(String networkId, SortedMap<Group, SortedMap<Integer, Cell>> differences) {
        differences.forEach((group, days) -> {
            stores.add(new NetworkGroup(networkId, group), days);
            if (!group.treatment().equals(Group.ALL)) {
                stores.add(new NetworkGroup(networkId, group.overTreatments()), days);
            }
        });
    }

    /** Groups that were counted so far. */
    List<NetworkGroup> groups() {
        return stores.rolled().stream().map(entry -> entry.key).toList();
    }

    /** On a new day all groups roll on. */
    void begin(int day) {
        stores.rolled().forEach(entry -> {
            if (entry.value < day) {
                stores.touch(entry.key, entry.value + 1);
            }
        });
    }

    /**
     * Publishes what has changed, group by group.
     *
     * @param today the horizon's day, epoch day
     * @param most rows after which the groups that are left wait
     */
    void publish(int today, int most, RateSink sink) {
        int sent = 0;
        for (KeyValue<NetworkGroup, Integer> group : stores.dirty()) {
            if (sent >= most) {
                return;
            }
            sent += publish(group.key, group.value, today, sink);
        }
    }

    private int publish(NetworkGroup group, int dirty, int today, RateSink sink) {
        int sent = 0;
        Integer rolled = stores.rolledTo(group);
        int to = rolled == null ? today : Math.max(today, rolled);
        int from = rolled == null ? dirty : Math.min(dirty, rolled + 1);
        int lastOld = expires ? to - KEPT - 1 : Integer.MIN_VALUE;
        boolean old = from <= lastOld;
        if (old) {
            // Rows before may be gone, so the counts go on from a month end, whose row is kept unless it is zero.
            from = firstOfMonth(from);
        }
        if (from <= to) {
            SortedMap<Integer, Cell> cells = stores.cells(group, from - Window.P365D.days(), to);
            for (Window window : Window.values()) {
                Tally before = old ? stores.on(new RowOf(group, window, from - 1)) : stores.before(group, window, from);
                SortedMap<Integer, Tally> counts = Roll.of(cells, window, before, from, to);
                sent += publish(group, window, RateRows.due(counts, before, lastOld), from, to, sink);
            }
        }
        if (rolled != null && to > rolled) {
            expire(group, rolled - KEPT - 1, lastOld, sink);
        }
        stores.settle(group, to);
        return sent;
    }

    private int publish(
            NetworkGroup group, Window window, SortedMap<Integer, Tally> due, int from, int to, RateSink sink) {
        SortedMap<Integer, CountedRow> published = stores.rows(group, window, from, to);
        int sent = 0;
        for (Map.Entry<Integer, Tally> entry : due.entrySet()) {
            CountedRow old = published.remove(entry.getKey());
            if (old == null || !old.tally().equals(entry.getValue())) {
                RowOf key = new RowOf(group, window, entry.getKey());
                CountedRow row = new CountedRow(entry.getValue(), old == null ? 1 : old.revision() + 1);
                stores.put(key, row);
                sink.put(key, row);
                sent++;
            }
        }
        published.keySet().forEach(day -> remove(new RowOf(group, window, day), sink));
        return sent + published.size();
    }

    /** Takes rows back that have become old. */
    private void expire(NetworkGroup group, int wasLastOld, int lastOld, RateSink sink) {
        if (lastOld > wasLastOld) {
            for (Window window : Window.values()) {
                SortedMap<Integer, CountedRow> rows = stores.rows(group, window, firstOfMonth(wasLastOld), lastOld);
                RateRows.expired(rows, lastOld).forEach(day -> remove(new RowOf(group, window, day), sink));
            }
        }
    }

    private void remove(RowOf key, RateSink sink) {
        stores.delete(key);
        sink.remove(key);
    }

    /**
     * Publishes rows again whose counts stay: what they were derived under has changed.
     *
     * @param after the row up to which that is done; null: none
     * @return the last one done; null: all are
     */
    @Nullable
    RowOf publishAgain(@Nullable RowOf after, int most, RateSink sink) {
        var slice = stores.rowsAfter(after, most);
        for (KeyValue<RowOf, CountedRow> row : slice) {
            CountedRow again = new CountedRow(row.value.tally(), row.value.revision() + 1);
            stores.put(row.key, again);
            sink.put(row.key, again);
        }
        return slice.size() < most ? null : slice.get(slice.size() - 1).key;
    }

    private static int firstOfMonth(int day) {
        return (int) LocalDate.ofEpochDay(day).withDayOfMonth(1).toEpochDay();
    }
}
