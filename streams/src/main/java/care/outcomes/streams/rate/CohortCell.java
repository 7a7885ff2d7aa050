package care.outcomes.streams.rate;

import java.util.Collections;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The counts of a cohort as steps in time, those to come among them, or a difference of that: on a day, the counts of a
 * stratum change by so much. Addition commutes.
 *
 * @param steps changes by day (epoch day) and stratum, none of them zero
 */
public record CohortCell(SortedMap<Integer, SortedMap<Stratum, Tally>> steps) {

    /** Nothing happens. */
    public static final CohortCell ZERO = new CohortCell(Collections.emptySortedMap());

    public CohortCell plus(CohortCell other) {
        if (steps.isEmpty()) {
            return other;
        }
        Builder sum = new Builder(this);
        sum.addAll(other);
        return sum.build();
    }

    public boolean isZero() {
        return steps.isEmpty();
    }

    /**
     * The same counts on a day and on all days after it, and no longer any before: what happened until then is one step on
     * that day. So a sum over a whole cohort stays as small as what may still be asked of it.
     */
    public CohortCell asOf(int day) {
        SortedMap<Integer, SortedMap<Stratum, Tally>> before = steps.headMap(day);
        if (before.isEmpty()) {
            return this;
        }
        Builder sum = new Builder();
        forEach((at, stratum, step) -> sum.add(Math.max(at, day), stratum, step));
        return sum.build();
    }

    /** Counts on a day. */
    public Tally on(int day) {
        Tally sum = Tally.ZERO;
        for (SortedMap<Stratum, Tally> step : steps.headMap(day + 1).values()) {
            for (Tally tally : step.values()) {
                sum = sum.plus(tally);
            }
        }
        return sum;
    }

    /** Counts on a day by stratum; strata in which nothing is counted are left out. */
    public SortedMap<Stratum, Tally> strataOn(int day) {
        SortedMap<Stratum, Tally> sums = new TreeMap<>();
        for (SortedMap<Stratum, Tally> step : steps.headMap(day + 1).values()) {
            step.forEach((stratum, tally) -> add(sums, stratum, tally));
        }
        return sums;
    }

    /** First day after a day on which counts change. */
    public OptionalInt nextAfter(int day) {
        SortedMap<Integer, SortedMap<Stratum, Tally>> later = steps.tailMap(day + 1);
        return later.isEmpty() ? OptionalInt.empty() : OptionalInt.of(later.firstKey());
    }

    private void forEach(StepConsumer consumer) {
        steps.forEach((day, strata) -> strata.forEach((stratum, step) -> consumer.accept(day, stratum, step)));
    }

    private static void add(SortedMap<Stratum, Tally> sums, Stratum stratum, Tally tally) {
        if (sums.merge(stratum, tally, Tally::plus).isZero()) {
            sums.remove(stratum);
        }
    }

    @FunctionalInterface
    private interface StepConsumer {
        void accept(int day, Stratum stratum, Tally step);
    }

    /** Puts a cell together. */
    static final class Builder {
        private SortedMap<Integer, SortedMap<Stratum, Tally>> steps;

        /** Whether a cell has the same steps, so that they are copied before they change. */
        private boolean shared;

        Builder() {
            this.steps = new TreeMap<>();
        }

        /** Goes on from a cell. */
        Builder(CohortCell cell) {
            this.steps = cell.steps;
            this.shared = true;
        }

        void add(int day, Stratum stratum, Tally step) {
            if (step.isZero()) {
                return;
            }
            if (shared) {
                steps = copy();
                shared = false;
            }
            SortedMap<Stratum, Tally> strata = steps.computeIfAbsent(day, d -> new TreeMap<>());
            CohortCell.add(strata, stratum, step);
            if (strata.isEmpty()) {
                steps.remove(day);
            }
        }

        void addAll(CohortCell cell) {
            cell.forEach(this::add);
        }

        boolean isZero() {
            return steps.isEmpty();
        }

        private SortedMap<Integer, SortedMap<Stratum, Tally>> copy() {
            SortedMap<Integer, SortedMap<Stratum, Tally>> copy = new TreeMap<>();
            steps.forEach((day, strata) -> copy.put(day, new TreeMap<>(strata)));
            return copy;
        }

        /** The cell as it is now, whatever is added later. */
        CohortCell build() {
            shared = true;
            return steps.isEmpty() ? ZERO : new CohortCell(steps);
        }
    }
}
