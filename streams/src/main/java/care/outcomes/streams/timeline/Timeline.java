package care.outcomes.streams.timeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one patient: of each identity the version that goes before all others seen. Folding is a join of
 * versions, so any order of arrival, with repeats, gives the same set.
 *
 * <p>An earlier version is kept beside it only while an erasure could take the later one and leave the earlier: where a
 * correction moved the fact back in time.
 *
 * <p>Versions keep the place they first arrived at, so that a change touches one place of the store only; nothing
 * derived depends on it.
 */
public final class Timeline {

    private final List<Fact> versions;
    private final Map<Identity, Integer> places;
    /** Further places of identities with more than one version. */
    private final Map<Identity, List<Integer>> others = new HashMap<>();

    private boolean plain = true;

    /** A timeline of versions that another held. */
    public Timeline(List<Fact> versions) {
        this.versions = new ArrayList<>(versions);
        this.places = new HashMap<>();
        for (int place = 0; place < versions.size(); place++) {
            occupy(place);
        }
    }

    /** All versions kept, at their places. */
    public List<Fact> versions() {
        return List.copyOf(versions);
    }

    /** The live version of each fact, withdrawn and erased ones among them. */
    public List<Fact> live() {
        return plain ? versions() : live(versions);
    }

    /** The live version of each fact, withdrawn ones among them, erased ones not. */
    public List<Fact> facts(Horizon horizon) {
        return plain ? versions() : live(remaining(Erasure.until(versions, horizon)));
    }

    /** How many versions are kept. */
    public int size() {
        return versions.size();
    }

    /**
     * Folds a version in.
     *
     * @return the place that changed, or -1 where this version, or one that makes it needless, was there already
     */
    public int fold(Fact version) {
        Identity identity = version.stamp().identity();
        Integer first = places.get(identity);
        if (first == null) {
            return append(version);
        }
        List<Integer> all = new ArrayList<>(others.getOrDefault(identity, List.of()));
        all.add(first);
        int needless = -1;
        for (int place : all) {
            Fact kept = versions.get(place);
            if (Erasure.outlasts(kept, version) || !differ(kept, version)) {
                return -1;
            }
            needless = Erasure.outlasts(version, kept) ? place : needless;
        }
        if (needless < 0) {
            return append(version);
        }
        versions.set(needless, version);
        plain &= !isSpecial(version);
        return needless;
    }

    /** The version kept first of a fact; null where none is. */
    public @Nullable Fact first(Identity identity) {
        Integer place = places.get(identity);
        return place == null ? null : versions.get(place);
    }

    /** Whether it holds neither links nor erasures nor several versions of a fact, as most do. */
    public boolean isPlain() {
        return plain;
    }

    /** Up to which instant the patient is erased at a horizon, epoch milliseconds; empty: not at all. */
    public OptionalLong erasedUntil(Horizon horizon) {
        long until = plain ? Erasure.NEVER : Erasure.until(versions, horizon);
        return until == Erasure.NEVER ? OptionalLong.empty() : OptionalLong.of(until);
    }

    /** What an erasure up to an instant leaves. */
    List<Fact> remaining(long until) {
        return until == Erasure.NEVER
                ? versions()
                : versions.stream()
                        .filter(version -> !Erasure.takes(until, version))
                        .toList();
    }

    /** Of each identity the version that goes before the others. */
    static List<Fact> live(Collection<Fact> versions) {
        Map<Identity, Fact> live = new LinkedHashMap<>();
        for (Fact version : versions) {
            live.merge(
                    version.stamp().identity(),
                    version,
                    (one, other) -> other.stamp().supersedes(one.stamp()) ? other : one);
        }
        return List.copyOf(live.values());
    }

    private int append(Fact version) {
        versions.add(version);
        occupy(versions.size() - 1);
        return versions.size() - 1;
    }

    private void occupy(int place) {
        Fact version = versions.get(place);
        Identity identity = version.stamp().identity();
        if (places.putIfAbsent(identity, place) != null) {
            others.computeIfAbsent(identity, any -> new ArrayList<>()).add(place);
            plain = false;
        }
        plain &= !isSpecial(version);
    }

    private static boolean isSpecial(Fact version) {
        return version instanceof PatientEvent event && (Erasure.isAskedBy(event) || Link.isToldBy(event));
    }

    private static boolean differ(Fact one, Fact other) {
        return one.stamp().supersedes(other.stamp()) || other.stamp().supersedes(one.stamp());
    }
}
