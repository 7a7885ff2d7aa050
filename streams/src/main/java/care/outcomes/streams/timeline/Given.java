package care.outcomes.streams.timeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A version of a fact that came by way of other keys.
 *
 * @param path keys it came through: first the one it was recorded under, last the one that gave it
 * @param fact the version; where it was recorded is part of its identity
 */
public record Given(List<String> path, Fact fact) {

    public Given {
        path = List.copyOf(path);
    }

    /** Which version on which path, so that it can be taken back without being told again. */
    public record Id(List<String> path, Identity identity, String eventId) {}

    public Id id() {
        return new Id(path, fact.stamp().identity(), fact.stamp().eventId());
    }

    /** Key it was recorded under. */
    public String origin() {
        return path.get(0);
    }

    /** Whether it is a version that was recorded under its origin, or given before. */
    public boolean carries(Fact version) {
        Stamp given = fact.stamp();
        Stamp other = version.stamp();
        return given.eventId().equals(other.eventId())
                && given.identity().equals(other.identity().recordedUnder(origin()));
    }

    /** Whether it tells where its origin gives way to, rather than something of the patient. */
    boolean isLink() {
        return Link.isToldBy(fact);
    }

    /** Whether it has come through a key. */
    boolean cameThrough(String patientKey) {
        return path.contains(patientKey);
    }

    /** Of the keys it came through the smallest. */
    String smallest() {
        return Collections.min(path);
    }

    /** The same, given on by another key. */
    Given by(String patientKey) {
        List<String> longer = new ArrayList<>(path);
        longer.add(patientKey);
        return new Given(longer, fact);
    }
}
