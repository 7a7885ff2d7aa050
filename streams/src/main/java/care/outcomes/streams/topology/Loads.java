package care.outcomes.streams.topology;

import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.LoadMarker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * The bulk loads that are open, as every task sees them: what {@link Topics#LOAD} holds. A loader that died does not hold
 * alerts for ever: its marker expires.
 */
final class Loads {

    static final String STORE = "loads";

    private final ReadOnlyKeyValueStore<String, ValueAndTimestamp<SpecificRecord>> store;
    private List<LoadMarker> open = List.of();

    Loads(ReadOnlyKeyValueStore<String, ValueAndTimestamp<SpecificRecord>> store) {
        this.store = store;
    }

    /**
     * Looks which are open. One that has ended is open here until its facts have been seen.
     *
     * @param now wall clock, epoch milliseconds
     * @param seen whether all facts have been seen that were there at an instant, epoch milliseconds
     */
    void refresh(long now, LongPredicate seen) {
        List<LoadMarker> found = new ArrayList<>();
        try (KeyValueIterator<String, ValueAndTimestamp<SpecificRecord>> all = store.all()) {
            while (all.hasNext()) {
                if (all.next().value.value() instanceof LoadMarker marker
                        && isOpen(marker, seen)
                        && marker.getExpiresAt().toEpochMilli() > now) {
                    found.add(marker);
                }
            }
        }
        open = List.copyOf(found);
    }

    private static boolean isOpen(LoadMarker marker, LongPredicate seen) {
        Instant closedAt = marker.getClosedAt();
        return closedAt == null || !seen.test(closedAt.toEpochMilli());
    }

    /** Whether any is open. */
    boolean any() {
        return !open.isEmpty();
    }

    /** Whether one is open that may hold facts of a clinic. */
    boolean openFor(String networkId, String clinicId) {
        for (LoadMarker marker : open) {
            if (marker.getNetworkId().equals(networkId)
                    && (marker.getClinics().isEmpty() || marker.getClinics().contains(clinicId))) {
                return true;
            }
        }
        return false;
    }
}
