package care.outcomes.streams.timeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The facts of one patient: of each identity the version that goes before all others seen. Folding is a join of
 * versions, so any order of arrival, with repeats, gives the same set.
 *
 * <p>Facts keep the place they first arrived at, so that a change touches one place of the store only; nothing derived
 * depends on it.
 */
public final class Timeline {

    private final List<Fact> facts;
    private final Map<Identity, Integer> places;

    public Timeline(List<Fact> facts) {
        this.facts = new ArrayList<>(facts);
        this.places = new HashMap<>();
        for (int i = 0; i < facts.size(); i++) {
            places.put(facts.get(i).stamp().identity(), i);
        }
    }

    /** All facts at their places, withdrawn ones among them. */
    public List<Fact> facts() {
        return List.copyOf(facts);
    }

    /** How many facts there are, withdrawn ones among them. */
    public int size() {
        return facts.size();
    }

    /**
     * Folds a version in.
     *
     * @return the place that changed, or -1 where this version, or one that goes before it, was there already
     */
    public int fold(Fact fact) {
        Integer place = places.get(fact.stamp().identity());
        if (place == null) {
            places.put(fact.stamp().identity(), facts.size());
            facts.add(fact);
            return facts.size() - 1;
        }
        if (!fact.stamp().supersedes(facts.get(place).stamp())) {
            return -1;
        }
        facts.set(place, fact);
        return place;
    }
}
