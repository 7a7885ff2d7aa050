package care.outcomes.streams.alert;

import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.timeline.PatientEvents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the rules remember of a patient's scores, so that the next reading of the ledger costs what is new. It may be
 * dropped at any time: a watch that is missing begins anew and comes to the same.
 */
public final class Watches {

    private final Map<Object, Watch> watches = new HashMap<>();
    private Map<Ground, Alert> worded = new HashMap<>();
    private Map<Ground, Alert> wordedBefore = Map.of();
    private PatientEvents eventsBefore = new PatientEvents(List.of());

    /**
     * The watch of a rule over scores, all of which it has seen.
     *
     * @param key rule, course, and all that the watch depends on beside the scores
     */
    <W extends Watch> W over(List<FollowUp> scores, Class<W> type, Object key, Supplier<W> begin) {
        Watch watch = watches.get(key);
        if (watch == null || !watch.goesOn(scores)) {
            watch = begin.get();
            watches.put(key, watch);
        }
        watch.over(scores);
        return type.cast(watch);
    }

    /**
     * A reading of the ledger begins.
     *
     * @param events what alerts tell beside their grounds
     */
    void begin(PatientEvents events) {
        wordedBefore = events.equals(eventsBefore) ? worded : Map.of();
        worded = new HashMap<>();
        eventsBefore = events;
    }

    /** The alert of a ground, put into words once as long as the ground stays in the ledger. */
    Alert alert(Ground ground, Supplier<Alert> words) {
        Alert known = wordedBefore.get(ground);
        Alert alert = known == null ? words.get() : known;
        worded.put(ground, alert);
        return alert;
    }
}
