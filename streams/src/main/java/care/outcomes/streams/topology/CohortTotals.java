package care.outcomes.streams.topology;

import care.outcomes.streams.rate.Cohort;
import care.outcomes.streams.rate.CohortCell;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.topology.state.CohortDue;
import care.outcomes.streams.topology.state.CohortOf;
import care.outcomes.streams.topology.state.CountedCohort;
import care.outcomes.streams.topology.state.Expectation;
import care.outcomes.streams.topology.state.Leaf;
import care.outcomes.streams.topology.state.StateSerdes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Cohorts in the totals task: adds differences up and publishes the rows whose counts a fact or a day has changed. Steps to
 * come are in the cells already, so a day that begins looks only at the cohorts that have a step on it.
 */
final class CohortTotals {

    static final String CELLS = "cohorts";
    static final String ROWS = "cohort-rows";
    static final String DIRTY = "cohort-dirty";
    static final String DUE = "cohort-due";

    private static final byte[] PRESENT = {1};

    private final KeyValueStore<CohortOf, CohortCell> cells;
    private final KeyValueStore<CohortOf, CountedCohort> rows;
    private final KeyValueStore<CohortOf, byte[]> dirty;
    private final KeyValueStore<CohortDue, byte[]> due;
    private final SharedLeaves shared;
    /** No day before it is asked for any more: references look back to the end of the last month that is over. */
    private int oldest = Integer.MIN_VALUE;

    CohortTotals(ProcessingContext context, SharedLeaves shared) {
        this.shared = shared;
        cells = context.getStateStore(CELLS);
        rows = context.getStateStore(ROWS);
        dirty = context.getStateStore(DIRTY);
        due = context.getStateStore(DUE);
    }

    static Set<StoreBuilder<?>> builders(StoreType type) {
        return Set.of(
                type.store(CELLS, StateSerdes.cohort(), StateSerdes.cohortCell()),
                type.store(ROWS, StateSerdes.cohort(), StateSerdes.countedCohort()),
                StoreType.small(DIRTY, StateSerdes.cohort(), Serdes.ByteArray()),
                type.store(DUE, StateSerdes.cohortDue(), Serdes.ByteArray()));
    }

    /** Adds differences, and to the groups over all treatments what those of each treatment add to them. */
    void add(String networkId, SortedMap<Cohort, CohortCell> differences) {
        differences.forEach((cohort, difference) -> {
            add(new CohortOf(networkId, cohort), difference);
            if (!cohort.group().treatment().equals(Group.ALL)) {
                add(new CohortOf(networkId, cohort.overTreatments()), difference);
            }
        });
    }

    private void add(CohortOf cohort, CohortCell difference) {
        CohortCell sum = cell(cohort).plus(difference).asOf(oldest);
        if (sum.isZero()) {
            cells.delete(cohort);
        } else {
            cells.put(cohort, sum);
        }
        dirty.put(cohort, PRESENT);
    }

    /** On a new day the cohorts that have a step on it, or had one since the last, are looked at again. */
    void begin(int day) {
        oldest = (int) KnownReferences.lastMonth(day).atEndOfMonth().toEpochDay();
        List<CohortDue> reached = new ArrayList<>();
        try (KeyValueIterator<CohortDue, byte[]> all = due.all()) {
            while (all.hasNext()) {
                CohortDue next = all.next().key;
                if (next.day() > day) {
                    break;
                }
                reached.add(next);
            }
        }
        for (CohortDue step : reached) {
            due.delete(step);
            dirty.put(step.cohort(), PRESENT);
        }
    }

    /**
     * Publishes what has changed.
     *
     * @param day the horizon's day, epoch day
     * @param most cohorts to look at; the rest wait
     * @param references what rows are compared with
     * @return how many counts went to the shareable tier
     */
    int publish(int day, int most, References references, RateSink sink) {
        List<CohortOf> changed = new ArrayList<>();
        try (KeyValueIterator<CohortOf, byte[]> all = dirty.all()) {
            while (all.hasNext() && changed.size() < most) {
                changed.add(all.next().key);
            }
        }
        int sent = 0;
        for (CohortOf cohort : changed) {
            sent += publish(cohort, day, references, sink);
            dirty.delete(cohort);
        }
        return sent;
    }

    /** Whether nothing that has changed waits. */
    boolean allPublished() {
        try (KeyValueIterator<CohortOf, byte[]> all = dirty.all()) {
            return !all.hasNext();
        }
    }

    private int publish(CohortOf cohort, int day, References references, RateSink sink) {
        CohortCell cell = cell(cohort);
        Tally tally = cell.on(day);
        CountedCohort old = row(cohort);
        Expectation expectation = references.known().expectation(day, cohort, cell);
        boolean differs = !tally.equals(old.tally()) || !expectation.equals(old.expectation());
        OptionalInt step = cell.nextAfter(day);
        Integer next = step.isPresent() ? step.getAsInt() : null;
        CountedCohort now = new CountedCohort(tally, expectation, differs ? old.revision() + 1 : old.revision(), next);
        remind(cohort, old.next(), next);
        if (cell.isZero()) {
            rows.delete(cohort);
        } else {
            rows.put(cohort, now);
        }
        if (differs && tally.isZero()) {
            sink.remove(cohort);
        } else if (differs) {
            sink.put(cohort, now, day);
        }
        Optional<Leaf> leaf = shared.toSend(cohort, cell, day);
        leaf.ifPresent(sink::share);
        return leaf.isPresent() ? 1 : 0;
    }

    /** All rows are looked at again: there is something else to compare them with. */
    void touch() {
        try (KeyValueIterator<CohortOf, CountedCohort> all = rows.all()) {
            all.forEachRemaining(row -> dirty.put(row.key, PRESENT));
        }
    }

    private void remind(CohortOf cohort, @Nullable Integer before, @Nullable Integer now) {
        if (before != null && !before.equals(now)) {
            due.delete(new CohortDue(before, cohort));
        }
        if (now != null && !now.equals(before)) {
            due.put(new CohortDue(now, cohort), PRESENT);
        }
    }

    /**
     * Publishes rows again whose counts stay: what they were derived under has changed.
     *
     * @param after the cohort up to which that is done; null: none
     * @return the last one done; null: all are
     */
    @Nullable
    CohortOf publishAgain(@Nullable CohortOf after, int most, int day, RateSink sink) {
        List<KeyValue<CohortOf, CountedCohort>> slice = new ArrayList<>();
        try (KeyValueIterator<CohortOf, CountedCohort> all = after == null ? rows.all() : rows.range(after, null)) {
            while (all.hasNext() && slice.size() < most) {
                KeyValue<CohortOf, CountedCohort> row = all.next();
                if (!row.key.equals(after)) {
                    slice.add(row);
                }
            }
        }
        for (KeyValue<CohortOf, CountedCohort> row : slice) {
            if (!row.value.tally().isZero()) {
                CountedCohort again = new CountedCohort(
                        row.value.tally(), row.value.expectation(), row.value.revision() + 1, row.value.next());
                rows.put(row.key, again);
                sink.put(row.key, again, day);
            }
        }
        return slice.size() < most ? null : slice.get(slice.size() - 1).key;
    }

    /** The counts of a cohort. */
    CohortCell cell(CohortOf cohort) {
        CohortCell cell = cells.get(cohort);
        return cell == null ? CohortCell.ZERO : cell;
    }

    private CountedCohort row(CohortOf cohort) {
        CountedCohort row = rows.get(cohort);
        return row == null ? CountedCohort.NONE : row;
    }
}
