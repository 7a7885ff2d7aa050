package care.outcomes.streams.topology;

import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.Topics;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.reference.Reference;
import care.outcomes.streams.rate.reference.ReferenceCut;
import care.outcomes.streams.rate.trajectory.CoursePoint;
import care.outcomes.streams.rate.trajectory.PointCell;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves.Curve;
import care.outcomes.streams.rate.trajectory.TrajectoryCut;
import care.outcomes.streams.topology.state.CohortOf;
import care.outcomes.streams.topology.state.NetworkGroup;
import care.outcomes.streams.topology.state.PointOf;
import care.outcomes.streams.topology.state.StateSerdes;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Cuts the references of the networks whose groups over all clinics meet in this totals task, each once; for the expected
 * courses in them it adds up what courses came to at each dose.
 */
final class ReferenceTotals {

    static final String CUT = "references-cut";
    static final String POINTS = "points";

    private static final byte[] PRESENT = {1};

    private final ReferenceCut cut;
    private final TrajectoryCut trajectories;
    private final References references;
    private final KeyValueStore<String, byte[]> done;
    private final KeyValueStore<PointOf, PointCell> points;

    ReferenceTotals(ProcessingContext context, RateRules rules, References references) {
        this.cut = new ReferenceCut(rules);
        this.trajectories = new TrajectoryCut(rules.reference());
        this.references = references;
        done = context.getStateStore(CUT);
        points = context.getStateStore(POINTS);
    }

    static Set<StoreBuilder<?>> builders(StoreType type) {
        return Set.of(
                StoreType.small(CUT, Serdes.String(), Serdes.ByteArray()),
                type.store(POINTS, StateSerdes.pointOf(), StateSerdes.pointCell()));
    }

    /** Adds differences of what courses came to. */
    void add(String networkId, SortedMap<CoursePoint, PointCell> differences) {
        differences.forEach((point, difference) -> {
            PointOf key = new PointOf(networkId, point);
            PointCell before = points.get(key);
            PointCell sum = before == null ? difference : before.plus(difference);
            if (sum.isZero()) {
                points.delete(key);
            } else {
                points.put(key, sum);
            }
        });
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
                List<Curve> curves = trajectories.cut(of.networkId(), month, cells(of, month));
                if (reference.isPresent() || !curves.isEmpty()) {
                    Reference it = reference.orElseGet(() -> new Reference(
                            of.networkId(),
                            group.treatment(),
                            group.instrument(),
                            month,
                            Collections.emptySortedMap()));
                    done.put(id, PRESENT);
                    sink.send(Topics.REFERENCE, id, ReferenceRows.of(it, curves, sink.ruleset(), sink.now()));
                }
            }
        }
    }

    private Map<CoursePoint, PointCell> cells(NetworkGroup of, YearMonth month) {
        Map<CoursePoint, PointCell> cells = new TreeMap<>();
        try (KeyValueIterator<PointOf, PointCell> begun =
                points.range(PointOf.before(of, trajectories.since(month)), PointOf.before(of, month.plusMonths(1)))) {
            begun.forEachRemaining(entry -> cells.put(entry.key.point(), entry.value));
        }
        return cells;
    }
}
