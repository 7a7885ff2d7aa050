package care.outcomes.streams.timeline;

import care.outcomes.schemas.record.PatientFactKind;
import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Whether a key gives way to another (SEMANTICS §6). All merges and unmerges under one key are versions of one link, in
 * the order of their version, then of when they happened, then of versions of a fact; the last one is in force.
 */
final class Link {

    private static final Comparator<PatientEvent> ORDER = Comparator.<PatientEvent>comparingLong(
                    event -> event.stamp().version())
            .thenComparingLong(event -> event.stamp().at())
            .thenComparing((one, other) -> {
                if (one.stamp().supersedes(other.stamp())) {
                    return 1;
                }
                return other.stamp().supersedes(one.stamp()) ? -1 : 0;
            })
            .thenComparing(event -> event.stamp().identity());

    private Link() {}

    /** Whether a fact is a merge or an unmerge. */
    static boolean isToldBy(Fact fact) {
        return fact instanceof PatientEvent event
                && (event.event() == PatientFactKind.MERGE || event.event() == PatientFactKind.UNMERGE);
    }

    /** The merge in force at a horizon; null where the key stands for itself. */
    static @Nullable PatientEvent inForce(String patientKey, Collection<Fact> versions, Horizon horizon) {
        PatientEvent last = null;
        for (Fact fact : Timeline.live(versions)) {
            if (fact instanceof PatientEvent event
                    && isToldBy(event)
                    && !event.stamp().withdraws()
                    && horizon.reaches(event.stamp())
                    && (last == null || ORDER.compare(event, last) > 0)) {
                last = event;
            }
        }
        return last == null
                        || last.event() == PatientFactKind.UNMERGE
                        || last.value() == null
                        || last.value().equals(patientKey)
                ? null
                : last;
    }
}
