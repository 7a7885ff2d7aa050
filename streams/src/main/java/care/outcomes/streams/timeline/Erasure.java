package care.outcomes.streams.timeline;

import care.outcomes.schemas.record.PatientFactKind;
import java.util.Collection;

/**
 * What a request to erase leaves of a patient (SEMANTICS §6): versions that happened at or before its instant are as if
 * they had never come, whenever they come; later ones count. What is left of them is the request itself.
 *
 * <p>A request cannot be taken back, for what it erased cannot come back; of several the latest counts. A withdrawal of a
 * fact says nothing about the patient and stays, or an erasure would bring back what had been entered in error.
 */
final class Erasure {

    /** Nothing is erased. */
    static final long NEVER = Long.MIN_VALUE;

    private Erasure() {}

    /** Whether a version asks to erase. */
    static boolean isAskedBy(Fact version) {
        return version instanceof PatientEvent event
                && event.event() == PatientFactKind.ERASURE
                && !event.stamp().withdraws();
    }

    /** Up to which instant a patient is erased at a horizon, epoch milliseconds, that instant included. */
    static long until(Collection<Fact> versions, Horizon horizon) {
        long until = NEVER;
        for (Fact version : versions) {
            if (isAskedBy(version) && horizon.reaches(version.stamp())) {
                until = Math.max(until, version.stamp().at());
            }
        }
        return until;
    }

    /** Whether an erasure up to an instant takes a version away. */
    static boolean takes(long until, Fact version) {
        return version.stamp().at() <= until && !version.stamp().withdraws() && !isAskedBy(version);
    }

    /**
     * Whether one version of a fact makes another needless for good: it goes before it now, and no erasure can take it
     * away and leave the other.
     */
    static boolean outlasts(Fact one, Fact other) {
        if (!one.stamp().supersedes(other.stamp())) {
            return false;
        }
        if (isAskedBy(other)) {
            return isAskedBy(one) && one.stamp().at() >= other.stamp().at();
        }
        if (isAskedBy(one) || one.stamp().withdraws()) {
            return true;
        }
        return !other.stamp().withdraws() && one.stamp().at() >= other.stamp().at();
    }
}
