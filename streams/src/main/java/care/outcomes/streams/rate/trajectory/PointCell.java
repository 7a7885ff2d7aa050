package care.outcomes.streams.rate.trajectory;

import java.time.YearMonth;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What courses had come to at a point, as steps in time, or a difference of that: from a month on, so many more courses
 * stand at a percentage of their baseline. A course stands where its last score about the dose put it. Addition commutes.
 *
 * @param steps changes by month of the score and whole percent of baseline, none of them zero
 */
public record PointCell(SortedMap<YearMonth, SortedMap<Integer, Integer>> steps) {

    /** Nothing happens. */
    public static final PointCell ZERO = new PointCell(Collections.emptySortedMap());

    public boolean isZero() {
        return steps.isEmpty();
    }

    public PointCell plus(PointCell other) {
        SortedMap<YearMonth, SortedMap<Integer, Integer>> sum = new TreeMap<>();
        steps.forEach((month, step) -> sum.put(month, new TreeMap<>(step)));
        other.steps.forEach((month, step) -> step.forEach((percent, courses) -> add(sum, month, percent, courses)));
        return sum.isEmpty() ? ZERO : new PointCell(sum);
    }

    /** Courses by percent of baseline, at the end of a month. */
    SortedMap<Integer, Integer> at(YearMonth month) {
        SortedMap<Integer, Integer> courses = new TreeMap<>();
        steps.headMap(month.plusMonths(1))
                .values()
                .forEach(step -> step.forEach((percent, more) -> {
                    if (courses.merge(percent, more, Integer::sum) == 0) {
                        courses.remove(percent);
                    }
                }));
        return courses;
    }

    /** Adds to steps; those that come to nothing are left out. */
    static void add(
            SortedMap<YearMonth, SortedMap<Integer, Integer>> steps, YearMonth month, int percent, int courses) {
        SortedMap<Integer, Integer> step = steps.computeIfAbsent(month, any -> new TreeMap<>());
        if (step.merge(percent, courses, Integer::sum) == 0) {
            step.remove(percent);
        }
        if (step.isEmpty()) {
            steps.remove(month);
        }
    }
}
