package care.outcomes.streams.topology;

import care.outcomes.schemas.record.ReferenceRow;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves.Curve;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/** The expected courses of all references cut so far; one copy for all patient tasks of a worker. */
final class ExpectedCourses {

    private volatile Known known = new Known(0, TrajectoryCurves.NONE);

    /**
     * What is known.
     *
     * @param references how many references there are
     * @param curves the curves in them
     */
    record Known(long references, TrajectoryCurves curves) {}

    /** Looks again, if there are more: references never change, so their number tells. */
    Known look(ReadOnlyKeyValueStore<String, ValueAndTimestamp<SpecificRecord>> store) {
        return store.approximateNumEntries() == known.references ? known : read(store);
    }

    private synchronized Known read(ReadOnlyKeyValueStore<String, ValueAndTimestamp<SpecificRecord>> store) {
        long there = store.approximateNumEntries();
        if (there != known.references) {
            List<Curve> curves = new ArrayList<>();
            try (KeyValueIterator<String, ValueAndTimestamp<SpecificRecord>> all = store.all()) {
                while (all.hasNext()) {
                    if (all.next().value.value() instanceof ReferenceRow row) {
                        curves.addAll(ReferenceRows.curves(row));
                    }
                }
            }
            known = new Known(there, new TrajectoryCurves(curves));
        }
        return known;
    }
}
