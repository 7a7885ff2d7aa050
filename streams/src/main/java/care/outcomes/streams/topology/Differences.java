package care.outcomes.streams.topology;

import care.outcomes.streams.rate.Cell;
import care.outcomes.streams.topology.state.Difference;
import care.outcomes.streams.topology.state.MonthOf;
import care.outcomes.streams.topology.state.NetworkGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;

/** Gathers differences that wait by month into what is sent: one for each clinic and instrument. */
final class Differences {

    /** Most days in one difference, some 20 bytes each; what is more goes in another. */
    private static final int MOST_DAYS = 10_000;

    private Differences() {}

    static List<Difference> gather(List<KeyValue<MonthOf, SortedMap<Integer, Cell>>> pending) {
        List<Difference> all = new ArrayList<>();
        Map<List<String>, Difference> open = new HashMap<>();
        for (KeyValue<MonthOf, SortedMap<Integer, Cell>> month : pending) {
            NetworkGroup of = month.key.of();
            List<String> together =
                    List.of(of.networkId(), of.group().clinicId(), of.group().instrument());
            Difference difference = open.get(together);
            if (difference == null || days(difference) + month.value.size() > MOST_DAYS) {
                difference = new Difference(of.networkId(), new TreeMap<>());
                open.put(together, difference);
                all.add(difference);
            }
            difference
                    .cells()
                    .computeIfAbsent(of.group(), any -> new TreeMap<>())
                    .putAll(month.value);
        }
        return all;
    }

    private static int days(Difference difference) {
        return difference.cells().values().stream().mapToInt(Map::size).sum();
    }
}
