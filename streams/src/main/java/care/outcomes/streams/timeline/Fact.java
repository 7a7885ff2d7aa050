package care.outcomes.streams.timeline;

import java.util.Comparator;

/** One version of one fact of a patient. */
public sealed interface Fact permits Visit, Dose, Score, PatientEvent {

    /**
     * Order of different facts: civil day, then time (a fact without one comes first in its day), then fact id.
     */
    Comparator<Fact> ORDER = Fact::compare;

    private static int compare(Fact fact, Fact another) {
        Stamp one = fact.stamp();
        Stamp other = another.stamp();
        if (one.day() != other.day()) {
            return Integer.compare(one.day(), other.day());
        }
        if (one.timed() != other.timed()) {
            return Boolean.compare(one.timed(), other.timed());
        }
        if (one.timed() && one.at() != other.at()) {
            return Long.compare(one.at(), other.at());
        }
        return one.identity().compareTo(other.identity());
    }

    Stamp stamp();

    /** The same with another stamp. */
    Fact with(Stamp stamp);

    default int day() {
        return stamp().day();
    }

    default String factId() {
        return stamp().identity().factId();
    }
}
