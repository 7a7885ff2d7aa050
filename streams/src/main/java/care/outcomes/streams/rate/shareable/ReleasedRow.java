package care.outcomes.streams.rate.shareable;

import care.outcomes.streams.rate.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A row as it was released and revised.
 *
 * @param facets what it shows, the same in every version
 * @param versions counts, the first release first; includes what is not shown
 */
public record ReleasedRow(Set<Facet> facets, List<Version> versions) {

    public ReleasedRow {
        facets = Set.copyOf(facets);
        versions = List.copyOf(versions);
    }

    /**
     * One version.
     *
     * @param step step of the release in which it came, from 1
     * @param asOf horizon of that step, epoch day
     * @param tally counts
     */
    public record Version(int step, int asOf, Tally tally) {}

    /** What is shown now. */
    public Version last() {
        return versions.get(versions.size() - 1);
    }

    boolean shows(Facet facet) {
        return facets.contains(facet);
    }

    /** All parts that can be computed from what it shows, of a tally or of a difference of tallies. */
    List<Integer> parts(Tally tally) {
        List<Integer> parts = new ArrayList<>();
        List<Integer> core = Facet.CORE.parts(tally);
        parts.add(core.get(2));
        parts.addAll(shows(Facet.REMISSION) ? Facet.REMISSION.parts(tally) : List.of(core.get(0)));
        parts.addAll(shows(Facet.CLASSES) ? Facet.CLASSES.parts(tally) : List.of(core.get(1)));
        if (shows(Facet.EXCLUSIONS)) {
            parts.addAll(Facet.EXCLUSIONS.parts(tally));
        } else if (shows(Facet.STARTED)) {
            parts.addAll(Facet.STARTED.parts(tally));
        }
        return parts;
    }

    boolean shownAt(int step) {
        return versions.get(0).step() <= step;
    }

    /** Counts as they were after a step at which it was shown. */
    Tally at(int step) {
        Tally tally = versions.get(0).tally();
        for (Version version : versions) {
            if (version.step() <= step) {
                tally = version.tally();
            }
        }
        return tally;
    }

    ReleasedRow revised(Version version) {
        List<Version> all = new ArrayList<>(versions);
        if (last().step() == version.step()) {
            all.remove(all.size() - 1);
        }
        all.add(version);
        return new ReleasedRow(facets, all);
    }
}
