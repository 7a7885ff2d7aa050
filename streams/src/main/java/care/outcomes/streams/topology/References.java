package care.outcomes.streams.topology;

import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.ReferenceRow;
import care.outcomes.streams.rate.CohortCell;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Tally.Count;
import care.outcomes.streams.rate.reference.Reference;
import care.outcomes.streams.rate.reference.Shares;
import care.outcomes.streams.topology.state.CohortOf;
import care.outcomes.streams.topology.state.Expectation;
import care.outcomes.streams.topology.state.NetworkGroup;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/** The references cut so far, as every task sees them: what {@link Topics#REFERENCE} holds. */
final class References {

    static final String STORE = "references";

    private final ReadOnlyKeyValueStore<String, ValueAndTimestamp<SpecificRecord>> store;
    private final Map<String, NavigableMap<YearMonth, Reference>> byGroup = new TreeMap<>();
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
                    Reference reference = ReferenceRows.read(row);
                    byGroup.computeIfAbsent(
                                    group(reference.networkId(), reference.treatment(), reference.instrument()),
                                    g -> new TreeMap<>())
                            .put(reference.month(), reference);
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

    /**
     * What the rows of a group are compared with on a day: the reference of the last month that was over before the day's
     * month, and where none was cut then, the last one before.
     *
     * @param day epoch day
     */
    @Nullable
    Reference on(int day, String networkId, Group group) {
        NavigableMap<YearMonth, Reference> months =
                byGroup.get(group(networkId, group.treatment(), group.instrument()));
        Map.Entry<YearMonth, Reference> last = months == null ? null : months.floorEntry(lastMonth(day));
        return last == null ? null : last.getValue();
    }

    /**
     * What the case mix of a cohort leads to expect.
     *
     * @param day day up to which the cohort is read, epoch day
     */
    Expectation expectation(int day, CohortOf cohort, CohortCell cell) {
        Reference reference = on(day, cohort.networkId(), cohort.cohort().group());
        Shares shares = reference == null
                ? null
                : reference.horizons().get(cohort.cohort().horizon());
        if (reference == null || shares == null || cell.on(day).get(Count.MEASURED) == 0) {
            return Expectation.NONE;
        }
        return new Expectation(reference.id(), shares.mix(cell.strataOn(day)).expected());
    }

    /** Whether the reference of a group and month was cut. */
    boolean holds(NetworkGroup of, YearMonth month) {
        NavigableMap<YearMonth, Reference> months = byGroup.get(
                group(of.networkId(), of.group().treatment(), of.group().instrument()));
        return months != null && months.containsKey(month);
    }

    /** The last month that is over on a day, epoch day: the one before the day's. */
    static YearMonth lastMonth(int day) {
        return YearMonth.from(LocalDate.ofEpochDay(day)).minusMonths(1);
    }

    private static String group(String networkId, String treatment, String instrument) {
        return String.join("·", networkId, treatment, instrument);
    }
}
