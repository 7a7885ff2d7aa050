package care.outcomes.streams.topology;

import care.outcomes.streams.feed.Arrival;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.topology.state.Receipt;
import org.apache.kafka.streams.state.KeyValueStore;

/** Of one patient, what is remembered of versions beside those that are live: nothing, for most. */
final class FeedReceipts implements Arrival.Ledger {

    private static final int OLDER = 1;
    private static final int UNCLAIMED = 2;

    private final KeyValueStore<Receipt, Integer> store;
    private final String patientKey;

    FeedReceipts(KeyValueStore<Receipt, Integer> store, String patientKey) {
        this.store = store;
        this.patientKey = patientKey;
    }

    @Override
    public boolean knows(Fact version) {
        return (flags(version) & OLDER) != 0;
    }

    @Override
    public void remember(Fact version) {
        keep(version, flags(version) | OLDER);
    }

    @Override
    public boolean isUnclaimed(Fact version) {
        return (flags(version) & UNCLAIMED) != 0;
    }

    @Override
    public void claimed(Fact version, boolean yes) {
        keep(version, yes ? flags(version) & ~UNCLAIMED : flags(version) | UNCLAIMED);
    }

    private int flags(Fact version) {
        Integer flags = store.get(Receipt.of(patientKey, version));
        return flags == null ? 0 : flags;
    }

    private void keep(Fact version, int flags) {
        Receipt receipt = Receipt.of(patientKey, version);
        if (flags == 0) {
            store.delete(receipt);
        } else {
            store.put(receipt, flags);
        }
    }
}
