package care.outcomes.streams.timeline;

import care.outcomes.schemas.record.PatientFactKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What merges, unmerges and erasures come to (SEMANTICS §6), from all facts at once: each fact written under the key that
 * stays, as if all links had been known before. Shares no code with what it is compared to.
 */
public final class Relabelled {

    private final Map<String, List<Fact>> versions;
    private final Horizon horizon;
    private final Map<String, Long> erased = new TreeMap<>();
    private final Map<String, String> links = new TreeMap<>();

    private Relabelled(Map<String, List<Fact>> versions, Horizon horizon) {
        this.versions = versions;
        this.horizon = horizon;
        versions.forEach((key, all) -> erased.put(
                key,
                all.stream()
                        .filter(each -> is(each, PatientFactKind.ERASURE)
                                && !each.stamp().withdraws())
                        .filter(each -> horizon.reaches(each.stamp()))
                        .mapToLong(each -> each.stamp().at())
                        .max()
                        .orElse(Long.MIN_VALUE)));
        versions.keySet().forEach(key -> {
            String to = link(key);
            if (to != null && !to.equals(key)) {
                links.put(key, to);
            }
        });
    }

    /**
     * Live facts by the key they count under; no entry for a key under which none counts.
     *
     * @param versions all versions of all facts, by the key they were recorded under
     */
    public static Map<String, List<Fact>> of(Map<String, List<Fact>> versions, Horizon horizon) {
        Relabelled relabelled = new Relabelled(versions, horizon);
        Map<String, List<Fact>> counting = new TreeMap<>();
        versions.keySet().forEach(origin -> {
            List<String> way = relabelled.way(origin);
            String staying = way.get(way.size() - 1);
            List<Fact> facts = relabelled.live(origin, way);
            if (!facts.isEmpty()) {
                counting.computeIfAbsent(staying, key -> new ArrayList<>()).addAll(facts);
            }
        });
        return counting;
    }

    /** From a key hop by hop to the one that stays; where the hops go round, to the smallest of the round. */
    private List<String> way(String origin) {
        List<String> way = new ArrayList<>(List.of(origin));
        String at = origin;
        while (links.containsKey(at)) {
            at = links.get(at);
            int before = way.indexOf(at);
            if (before >= 0) {
                String smallest = way.subList(before, way.size()).stream()
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
                return way.subList(0, way.indexOf(smallest) + 1);
            }
            way.add(at);
        }
        return way;
    }

    private List<Fact> live(String origin, List<String> way) {
        long until = way.stream()
                .mapToLong(key -> erased.getOrDefault(key, Long.MIN_VALUE))
                .max()
                .orElseThrow();
        boolean moved = way.size() > 1;
        return highest(versions.getOrDefault(origin, List.of()), until).stream()
                .filter(fact -> !isLink(fact) && !is(fact, PatientFactKind.ERASURE))
                .map(fact -> moved ? under(origin, fact) : fact)
                .toList();
    }

    private @Nullable String link(String key) {
        return highest(versions.getOrDefault(key, List.of()), erased.getOrDefault(key, Long.MIN_VALUE)).stream()
                .filter(fact -> isLink(fact) && !fact.stamp().withdraws() && horizon.reaches(fact.stamp()))
                .max(Comparator.<Fact>comparingLong(fact -> fact.stamp().version())
                        .thenComparingLong(fact -> fact.stamp().at())
                        .thenComparingLong(fact -> fact.stamp().lastUpdated())
                        .thenComparing(fact -> fact.stamp().status())
                        .thenComparing(fact -> fact.stamp().eventId()))
                .filter(fact -> is(fact, PatientFactKind.MERGE))
                .map(fact -> ((PatientEvent) fact).value())
                .orElse(null);
    }

    /** Of what no erasure took, the highest version of each fact. */
    private static Collection<Fact> highest(List<Fact> versions, long erasedUntil) {
        Map<Identity, Fact> highest = new TreeMap<>();
        for (Fact version : versions) {
            boolean lasts = version.stamp().withdraws() || is(version, PatientFactKind.ERASURE);
            if (lasts || version.stamp().at() > erasedUntil) {
                highest.merge(
                        version.stamp().identity(),
                        version,
                        (one, other) -> other.stamp().supersedes(one.stamp()) ? other : one);
            }
        }
        return highest.values();
    }

    private static boolean isLink(Fact fact) {
        return is(fact, PatientFactKind.MERGE) || is(fact, PatientFactKind.UNMERGE);
    }

    private static boolean is(Fact fact, PatientFactKind kind) {
        return fact instanceof PatientEvent event && event.event() == kind;
    }

    private static Fact under(String origin, Fact fact) {
        Stamp stamp = fact.stamp();
        Identity identity = stamp.identity();
        return fact.with(stamp.with(new Identity(identity.kind(), identity.source(), identity.factId(), origin)));
    }
}
