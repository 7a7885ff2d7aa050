package care.outcomes.streams.topology;

import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.Topics;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.reference.Reference;
import care.outcomes.streams.rate.reference.ReferenceCut;
import care.outcomes.streams.topology.state.CohortOf;
import care.outcomes.streams.topology.state.NetworkGroup;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Cuts the references of the networks whose groups over all clinics meet in this totals task, each once. */
final class ReferenceTotals {

    static final String CUT = "references-cut";

    private static final byte[] PRESENT = {1};

    private final ReferenceCut cut;
    private final References references;
    private final KeyValueStore<String, byte[]> done;

    ReferenceTotals(ProcessingContext context, RateRules rules, References references) {
        this.cut = new ReferenceCut(rules);
        this.references = references;
        done = context.getStateStore(CUT);
    }

    static Set<StoreBuilder<?>> builders() {
        return Set.of(StoreType.small(CUT, Serdes.String(), Serdes.ByteArray()));
    }

    /**
     * Cuts those of a month that are not there yet and have courses enough.
     *
     * @param month a month that is over
     * @param groups groups that this task has counts of
     */
    void cut(YearMonth month, Collection<NetworkGroup> groups, CohortTotals cohorts, RateSink sink) {
        for (NetworkGroup of : groups) {
            Group group = of.group();
            String id = Reference.id(of.networkId(), group.treatment(), group.instrument(), month);
            if (group.clinicId().equals(Group.ALL)
                    && done.get(id) == null
                    && !references.known().hold(of, month)) {
                Optional<Reference> reference = cut.cut(
                        of.networkId(), group, month, cohort -> cohorts.cell(new CohortOf(of.networkId(), cohort)));
                reference.ifPresent(it -> {
                    done.put(id, PRESENT);
                    sink.send(Topics.REFERENCE, id, ReferenceRows.of(it, sink.ruleset(), sink.now()));
                });
            }
        }
    }
}
