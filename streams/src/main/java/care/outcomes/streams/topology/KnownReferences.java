package care.outcomes.streams.topology;

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
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** References by group and month, and what rows are compared with on a day. */
public final class KnownReferences {

    private final Map<String, NavigableMap<YearMonth, Reference>> byGroup = new TreeMap<>();
    private final Set<String> cut = new HashSet<>();

    /** Takes one in. */
    public void add(ReferenceRow row) {
        Reference reference = ReferenceRows.read(row);
        cut.add(reference.id());
        if (reference.horizons().isEmpty()) {
            return;
        }
        byGroup.computeIfAbsent(
                        group(reference.networkId(), reference.treatment(), reference.instrument()),
                        g -> new TreeMap<>())
                .put(reference.month(), reference);
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
    boolean hold(NetworkGroup of, YearMonth month) {
        return cut.contains(
                Reference.id(of.networkId(), of.group().treatment(), of.group().instrument(), month));
    }

    /** The last month that is over on a day, epoch day: the one before the day's. */
    static YearMonth lastMonth(int day) {
        return YearMonth.from(LocalDate.ofEpochDay(day)).minusMonths(1);
    }

    private static String group(String networkId, String treatment, String instrument) {
        return String.join("·", networkId, treatment, instrument);
    }
}
