package care.outcomes.streams.timeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is held under one patient key: what was recorded under it, and what keys that gave way to it have given
 * (SEMANTICS §6).
 *
 * <p>A key that gives way keeps its facts, counts none of them and gives each to the key that stays, which counts them as
 * facts of that origin or gives them on. What a key is to give is a function of what it holds, and is compared with what
 * it gave: so links, unlinks, facts, corrections and erasures may come in any order. In the end every fact counts once,
 * under the key it would have been recorded under had all links been known before.
 *
 * <p>An erasure under a key takes what the key holds: what was recorded under it and what it was given.
 */
public final class PatientChart {

    private final String patientKey;
    private final Timeline own;
    private final Map<Given.Id, Given> given = new LinkedHashMap<>();

    /** A chart as another held it. */
    public PatientChart(String patientKey, List<Fact> own, List<Given> given) {
        this.patientKey = patientKey;
        this.own = new Timeline(own);
        given.forEach(each -> this.given.put(each.id(), each));
    }

    /** Something that reaches a key. */
    public sealed interface Arrival permits Recorded, Taken, TakenBack {

        /** The version that comes; null where one goes. */
        @Nullable
        Fact fact();
    }

    /** A version recorded under the key. */
    public record Recorded(Fact fact) implements Arrival {}

    /**
     * A version that another key gives.
     *
     * @param news whether it is given because it was recorded just now, and is the first of its fact
     */
    public record Taken(Given given, boolean news) implements Arrival {
        @Override
        public Fact fact() {
            return given.fact();
        }

        /** Whether another key begins to give way, or gives way by another version. */
        public boolean links() {
            return given.isLink();
        }
    }

    /** A version that another key gave and gives no more. */
    public record TakenBack(Given.Id id) implements Arrival {

        /** Key the version was recorded under. */
        public String origin() {
            return id.path().get(0);
        }

        @Override
        public @Nullable Fact fact() {
            return null;
        }
    }

    /**
     * What a chart comes to at a horizon.
     *
     * @param own versions recorded under the key that no erasure took
     * @param given versions given to it that no erasure took
     * @param facts live facts that count under the key, withdrawn ones among them; none where it gives way
     * @param route where what it holds goes
     * @param erased whether an erasure holds
     * @param next first instant after the horizon at which a link or an erasure begins to hold, epoch milliseconds;
     *     {@link Long#MAX_VALUE}: never
     */
    public record Reading(
            List<Fact> own, List<Given> given, List<Fact> facts, Route route, boolean erased, long next) {}

    /** Versions recorded under the key, at their places. */
    public List<Fact> own() {
        return own.versions();
    }

    /** Whether it holds neither links nor erasures, nor anything that another key gave. */
    public boolean isPlain() {
        return own.isPlain() && given.isEmpty();
    }

    /** Whether something is of a fact that no key has known before; asked before it is taken in. */
    public boolean isNews(Arrival arrival) {
        return arrival instanceof Recorded recorded
                ? own.first(recorded.fact().stamp().identity()) == null
                : arrival instanceof Taken taken && taken.news();
    }

    /** Takes something in; returns whether it changes anything. */
    public boolean take(Arrival arrival) {
        if (arrival instanceof Recorded recorded) {
            return own.fold(recorded.fact()) >= 0;
        }
        if (arrival instanceof Taken taken) {
            Given it = taken.given();
            boolean goesRound =
                    it.cameThrough(patientKey) && !(it.isLink() && it.origin().equals(patientKey));
            return !goesRound && given.put(it.id(), it) == null;
        }
        return arrival instanceof TakenBack back && given.remove(back.id()) != null;
    }

    /** Reads it. */
    public Reading read(Horizon horizon) {
        if (isPlain()) {
            List<Fact> facts = own.versions();
            return new Reading(facts, List.of(), facts, Route.NONE, false, Long.MAX_VALUE);
        }
        long until = Erasure.until(own.versions(), horizon);
        List<Fact> ownLeft = own.remaining(until);
        List<Given> givenLeft = given.values().stream()
                .filter(each -> each.isLink() || !Erasure.takes(until, each.fact()))
                .toList();
        Route route = route(ownLeft, givenLeft, horizon);
        return new Reading(
                ownLeft,
                givenLeft,
                route.givesWay() ? List.of() : counting(ownLeft, givenLeft),
                route,
                until != Erasure.NEVER,
                next(ownLeft, horizon));
    }

    /** Whether a fact tells of its key rather than of the patient, so that it is never given away. */
    public static boolean staysWithItsKey(Fact fact) {
        return Link.isToldBy(fact) || Erasure.isAskedBy(fact);
    }

    private Route route(List<Fact> ownLeft, List<Given> givenLeft, Horizon horizon) {
        PatientEvent link = Link.inForce(patientKey, ownLeft, horizon);
        if (link == null) {
            return Route.NONE;
        }
        boolean stays = givenLeft.stream()
                .anyMatch(each -> each.isLink()
                        && each.origin().equals(patientKey)
                        && each.fact().stamp().eventId().equals(link.stamp().eventId())
                        && each.smallest().equals(patientKey));
        return new Route(link, stays);
    }

    /** Live facts that count under a key that does not give way. */
    public static List<Fact> counting(List<Fact> ownLeft, List<Given> givenLeft) {
        List<Fact> versions = new ArrayList<>(ownLeft);
        givenLeft.stream().filter(each -> !each.isLink()).forEach(each -> versions.add(each.fact()));
        return Timeline.live(versions);
    }

    private static long next(List<Fact> ownLeft, Horizon horizon) {
        return ownLeft.stream()
                .filter(PatientChart::staysWithItsKey)
                .filter(version -> !horizon.reaches(version.stamp()))
                .mapToLong(version -> version.stamp().at())
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
