package care.outcomes.streams.rate;

import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** Cells by group and day (epoch day); those that are zero are left out. Mutable while it is built. */
public final class Cells {

    private final NavigableMap<Group, NavigableMap<Integer, Cell>> byGroup = new TreeMap<>();

    /** Adds to one cell. */
    public void add(Group group, int day, Cell cell) {
        NavigableMap<Integer, Cell> days = byGroup.computeIfAbsent(group, g -> new TreeMap<>());
        Cell sum = days.merge(day, cell, Cell::plus);
        if (sum.isZero()) {
            days.remove(day);
            if (days.isEmpty()) {
                byGroup.remove(group);
            }
        }
    }

    /** Puts the cells of a group in another too, which has none. */
    void copy(Group from, Group to) {
        NavigableMap<Integer, Cell> days = byGroup.get(from);
        if (days != null) {
            byGroup.put(to, new TreeMap<>(days));
        }
    }

    /** Adds all cells of another. */
    public void addAll(Cells other) {
        other.byGroup.forEach((group, days) -> days.forEach((day, cell) -> add(group, day, cell)));
    }

    public boolean isEmpty() {
        return byGroup.isEmpty();
    }

    /** The cells, by group and day. */
    public Map<Group, ? extends SortedMap<Integer, Cell>> byGroup() {
        return byGroup;
    }
}
