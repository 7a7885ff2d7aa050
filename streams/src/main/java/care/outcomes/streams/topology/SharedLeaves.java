package care.outcomes.streams.topology;

import care.outcomes.streams.rate.CohortCell;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Stratum;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.topology.state.CohortOf;
import care.outcomes.streams.topology.state.Leaf;
import care.outcomes.streams.topology.state.LeafOf;
import care.outcomes.streams.topology.state.StateSerdes;
import care.outcomes.streams.topology.state.TreeOf;
import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** What the totals task tells the shareable tier: the consenting courses of each clinic, treatment and month. */
final class SharedLeaves {

    static final String SENT = "shared-leaves";

    private final KeyValueStore<CohortOf, Tally> sent;
    private final String horizon;

    /**
     * The leaves of a task.
     *
     * @param horizon catalogue id of the horizon that is shared
     */
    SharedLeaves(ProcessingContext context, String horizon) {
        this.sent = context.getStateStore(SENT);
        this.horizon = horizon;
    }

    static Set<StoreBuilder<?>> builders(StoreType type) {
        return Set.of(type.store(SENT, StateSerdes.cohort(), StateSerdes.tally()));
    }

    /**
     * The leaf of a cohort, if it is shared and not as it was last sent. Counts as sent from now on.
     *
     * @param day day up to which it is read, epoch day
     */
    Optional<Leaf> toSend(CohortOf cohort, CohortCell cell, int day) {
        Optional<Leaf> leaf = leaf(cohort, cell, day, horizon);
        if (leaf.isEmpty()) {
            return leaf;
        }
        Tally tally = leaf.get().tally();
        Tally before = sent.get(cohort);
        if (tally.equals(before == null ? Tally.ZERO : before)) {
            return Optional.empty();
        }
        if (tally.isZero()) {
            sent.delete(cohort);
        } else {
            sent.put(cohort, tally);
        }
        return leaf;
    }

    /** The leaf of a cohort, if it is of the horizon that is shared and of one clinic and treatment. */
    static Optional<Leaf> leaf(CohortOf cohort, CohortCell cell, int day, String horizon) {
        Group group = cohort.cohort().group();
        if (!cohort.cohort().horizon().equals(horizon)
                || group.clinicId().equals(Group.ALL)
                || group.treatment().equals(Group.ALL)) {
            return Optional.empty();
        }
        Tally tally = Tally.ZERO;
        for (Map.Entry<Stratum, Tally> stratum : cell.strataOn(day).entrySet()) {
            tally = stratum.getKey().consents() ? tally.plus(stratum.getValue()) : tally;
        }
        YearMonth month = cohort.cohort().month();
        TreeOf tree = new TreeOf(cohort.networkId(), group.instrument(), month.getYear());
        return Optional.of(
                new Leaf(new LeafOf(tree, group.clinicId(), group.treatment(), month.getMonthValue()), tally));
    }
}
