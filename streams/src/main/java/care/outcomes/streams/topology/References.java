package care.outcomes.streams.topology;

import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.ReferenceRow;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/** The references cut so far, as every task sees them: what {@link Topics#REFERENCE} holds. */
final class References {

    static final String STORE = "references";

    private final ReadOnlyKeyValueStore<String, ValueAndTimestamp<SpecificRecord>> store;
    private final KnownReferences known = new KnownReferences();
    private long seen;

    References(ProcessingContext context) {
        store = context.getStateStore(STORE);
    }

    /** Takes in what has come; says whether anything has. References never change, so their number tells. */
    boolean refresh() {
        long there = store.approximateNumEntries();
        if (there == seen) {
            return false;
        }
        try (KeyValueIterator<String, ValueAndTimestamp<SpecificRecord>> all = store.all()) {
            while (all.hasNext()) {
                if (all.next().value.value() instanceof ReferenceRow row) {
                    known.add(row);
                }
            }
        }
        seen = there;
        return true;
    }

    /** How many were taken in. */
    long seen() {
        return seen;
    }

    /** Those taken in. */
    KnownReferences known() {
        return known;
    }
}
