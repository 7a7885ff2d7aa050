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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/** Periods in the totals task: adds differences up, rolls them through the windows, publishes the rows that changed. */
final class PeriodTotals {

    /** How long rows of days other than month ends are kept, days (CONTRACT §1). */
    static final int KEPT = 400;

    private final TotalsStores stores;
    private final boolean expires;
    /** Groups whose row of today may have changed since it was last looked at. */
    private final Set<NetworkGroup> fresh = new HashSet<>();

    /**
     * Periods.
     *
     * @param expires whether old rows are taken back
     */
    PeriodTotals(TotalsStores stores, boolean expires) {
        this.stores = stores;
        this.expires = expires;
        stores.dirty().forEach(group -> fresh.add(group.key));
    }

    /** Adds differences, and to the groups over all treatments what those of each treatment add to them. */
    void add(String networkId, SortedMap<Group, SortedMap<Integer, Cell>> differences) {
        differences.forEach((group, days) -> {
            add(new NetworkGroup(networkId, group), days);
            if (!group.treatment().equals(Group.ALL)) {
                add(new NetworkGroup(networkId, group.overTreatments()), days);
            }
        });
    }

    private void add(NetworkGroup group, SortedMap<Integer, Cell> days) {
        stores.add(group, days);
        fresh.add(group);
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
                fresh.add(entry.key);
            }
        });
    }

    /**
     * Publishes the rows of today that have changed, ahead of those of the days before it: for these it takes many a row,
     * and nobody waits for them.
     *
     * @param today the horizon's day, epoch day
     */
    void publishToday(int today, RateSink sink) {
        fresh.forEach(group -> {
            Rolling rolling = rolling(group, today);
            if (rolling != null && rolling.to == today) {
                for (Window window : Window.values()) {
                    Tally now = rolling.counts(window).getOrDefault(today, Tally.ZERO);
                    // What the last row says, is said of today.
                    if (!now.equals(stores.before(group, window, today + 1))) {
                        RowOf key = new RowOf(group, window, today);
                        put(key, now, stores.row(key), sink);
                    }
                }
            }
        });
        fresh.clear();
    }

    /**
     * Publishes what has changed, group by group.
     *
     * @param today the horizon's day, epoch day
     * @param most rows after which the groups that are left wait
     * @return how many rows went out
     */
    int publish(int today, int most, RateSink sink) {
        int sent = 0;
        for (KeyValue<NetworkGroup, Integer> group : stores.dirty()) {
            if (sent >= most) {
                return sent;
            }
            sent += publish(group.key, today, sink);
            fresh.remove(group.key);
        }
        return sent;
    }

    /** Whether nothing that has changed waits. */
    boolean allPublished() {
        return stores.dirty().isEmpty();
    }

    private int publish(NetworkGroup group, int today, RateSink sink) {
        int sent = 0;
        Integer rolled = stores.rolledTo(group);
        Rolling rolling = rolling(group, today);
        int to = rolled == null ? today : Math.max(today, rolled);
        int lastOld = lastOld(to);
        if (rolling != null) {
            for (Window window : Window.values()) {
                SortedMap<Integer, Tally> due = RateRows.due(rolling.counts(window), rolling.before(window), lastOld);
                sent += publish(group, window, due, rolling.from, rolling.to, sink);
            }
        }
        if (rolled != null && to > rolled) {
            expire(group, rolled - KEPT - 1, lastOld, sink);
        }
        stores.settle(group, to);
        return sent;
    }

    /** What is to be rolled on in a group; null where nothing is. */
    private @Nullable Rolling rolling(NetworkGroup group, int today) {
        Integer dirty = stores.dirty(group);
        if (dirty == null) {
            return null;
        }
        Integer rolled = stores.rolledTo(group);
        int to = rolled == null ? today : Math.max(today, rolled);
        int from = rolled == null ? dirty : Math.min(dirty, rolled + 1);
        boolean old = from <= lastOld(to);
        if (old) {
            // Rows before may be gone, so the counts go on from a month end, whose row is kept unless it is zero.
            from = firstOfMonth(from);
        }
        return from > to
                ? null
                : new Rolling(group, from, to, old, stores.cells(group, from - Window.P365D.days(), to));
    }

    /** Days of a group over which counts are rolled on. */
    private final class Rolling {
        private final NetworkGroup group;
        private final int from;
        private final int to;
        private final boolean old;
        private final SortedMap<Integer, Cell> cells;

        Rolling(NetworkGroup group, int from, int to, boolean old, SortedMap<Integer, Cell> cells) {
            this.group = group;
            this.from = from;
            this.to = to;
            this.old = old;
            this.cells = cells;
        }

        Tally before(Window window) {
            return old ? stores.on(new RowOf(group, window, from - 1)) : stores.before(group, window, from);
        }

        SortedMap<Integer, Tally> counts(Window window) {
            return Roll.of(cells, window, before(window), from, to);
        }
    }

    private int lastOld(int to) {
        return expires ? to - KEPT - 1 : Integer.MIN_VALUE;
    }

    private int publish(
            NetworkGroup group, Window window, SortedMap<Integer, Tally> due, int from, int to, RateSink sink) {
        SortedMap<Integer, CountedRow> published = stores.rows(group, window, from, to);
        int sent = 0;
        for (Map.Entry<Integer, Tally> entry : due.entrySet()) {
            CountedRow old = published.remove(entry.getKey());
            if (old == null || !old.tally().equals(entry.getValue())) {
                put(new RowOf(group, window, entry.getKey()), entry.getValue(), old, sink);
                sent++;
            }
        }
        published.keySet().forEach(day -> remove(new RowOf(group, window, day), sink));
        return sent + published.size();
    }

    private void put(RowOf key, Tally tally, @Nullable CountedRow old, RateSink sink) {
        CountedRow row = new CountedRow(tally, old == null ? 1 : old.revision() + 1);
        stores.put(key, row);
        sink.put(key, row);
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
