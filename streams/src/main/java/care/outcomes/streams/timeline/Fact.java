package care.outcomes.streams.timeline;

import java.util.Comparator;

/** One version of one fact of a patient. */
public sealed interface Fact permits Visit, Dose, Score, PatientEvent {

    /**
     * Order of different facts: civil day, then time (a fact without one comes first in its day), then fact id.
     */
    Comparator<Fact> ORDER = Comparator.<Fact>comparingInt(f -> f.stamp().day())
            .thenComparing(f -> f.stamp().timed())
            .thenComparingLong(f -> f.stamp().timed() ? f.stamp().at() : 0)
            .thenComparing(f -> f.stamp().identity());

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
