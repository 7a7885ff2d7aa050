package care.outcomes.streams.oracle;

import care.outcomes.streams.rate.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one history comes to: course rows; on the days looked at, PERIOD counts of every group that has any; cohorts.
 *
 * @param courses course rows, sorted
 * @param counts counts that are not all zero
 * @param cohorts COHORT counts at the horizon by cohort and stratum, as {@code clinic treatment instrument horizon month |
 *     treatment band prior consents}
 * @param measures what patients of initial populations count as, by patient, measure and period
 */
record Reading(
        SortedSet<CourseLine> courses,
        SortedMap<CountKey, Tally> counts,
        SortedMap<String, Tally> cohorts,
        SortedMap<String, String> measures) {

    Reading() {
        this(new TreeSet<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    /** The first differences from another reading, for people; empty if they agree. */
    List<String> differences(String name, Reading other, String otherName) {
        List<String> differences = new ArrayList<>();
        compare(byCourse(courses), name, byCourse(other.courses), otherName, 4, differences);
        compare(counts, name, other.counts, otherName, 4, differences);
        compare(cohorts, name, other.cohorts, otherName, 4, differences);
        compare(measures, name, other.measures, otherName, 4, differences);
        return differences;
    }

    private static SortedMap<String, CourseLine> byCourse(SortedSet<CourseLine> lines) {
        SortedMap<String, CourseLine> byCourse = new TreeMap<>();
        lines.forEach(line -> byCourse.put(line.course(), line));
        return byCourse;
    }

    private static <K, V> void compare(
            Map<K, V> left, String name, Map<K, V> right, String otherName, int most, List<String> differences) {
        if (left.equals(right)) {
            return;
        }
        SortedSet<K> keys = new TreeSet<>(left.keySet());
        keys.addAll(right.keySet());
        keys.stream()
                .filter(key -> !Objects.equals(left.get(key), right.get(key)))
                .limit(most)
                .forEach(key -> differences.add(
                        key + "\n   " + name + ": " + left.get(key) + "\n   " + otherName + ": " + right.get(key)));
    }
}
