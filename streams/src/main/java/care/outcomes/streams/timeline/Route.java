package care.outcomes.streams.timeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where what a key holds goes.
 *
 * @param link the merge in force; null: nowhere
 * @param stays whether its facts stay all the same, as the key is the smallest of a round of keys that give way to each
 *     other
 */
public record Route(@Nullable PatientEvent link, boolean stays) {

    /** Nowhere. */
    public static final Route NONE = new Route(null, false);

    /** A version given to a key. */
    public record Gift(String to, Given.Id id) {}

    /** Whether the facts go to another key. */
    public boolean givesWay() {
        return link != null && !stays;
    }

    /**
     * All that is given.
     *
     * <p>Links go all the way round, facts only where they do not stay: so each key of a round learns of the round from
     * its own link that comes back, and keeps knowing it once the smallest of them gives nothing any more. Nothing is
     * given to a key that it has come through.
     *
     * @param patientKey the key that gives
     * @param own versions recorded under it
     * @param given what it was given
     */
    public Map<Gift, Given> gifts(String patientKey, List<Fact> own, List<Given> given) {
        String to = link == null ? null : link.value();
        if (link == null || to == null) {
            return Map.of();
        }
        List<Given> all = new ArrayList<>();
        all.add(recorded(patientKey, link));
        if (!stays) {
            own.stream()
                    .filter(version -> !Link.isToldBy(version) && !Erasure.isAskedBy(version))
                    .forEach(version -> all.add(recorded(patientKey, version)));
        }
        for (Given each : given) {
            if (each.isLink() ? !each.cameThrough(patientKey) : !stays) {
                all.add(each.by(patientKey));
            }
        }
        Map<Gift, Given> gifts = new LinkedHashMap<>();
        for (Given each : all) {
            if (!each.cameThrough(to) || (each.isLink() && each.origin().equals(to))) {
                gifts.put(new Gift(to, each.id()), each);
            }
        }
        return gifts;
    }

    private static Given recorded(String patientKey, Fact version) {
        Stamp stamp = version.stamp();
        return new Given(
                List.of(patientKey), version.with(stamp.with(stamp.identity().recordedUnder(patientKey))));
    }
}
