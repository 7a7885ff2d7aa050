package care.outcomes.streams;

import care.outcomes.streams.alert.Watches;
import care.outcomes.streams.measure.ChartReview;
import care.outcomes.streams.outcome.PatientWalk;
import care.outcomes.streams.timeline.Chronology;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Fold;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.Stamp;
import care.outcomes.streams.timeline.Timeline;
import care.outcomes.streams.timeline.Walked;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A patient whose facts come one by one. All days but the last with a fact are walked once and carried on from; a fact
 * that comes late, or changes one that was walked, makes the walks go back to a stand before it, from where they go on
 * until all is as it was. Either way the same is derived as from all facts at once: what is carried is a memory, never a
 * source.
 *
 * <p>For one thread.
 */
public final class Patient {

    private final Kernel kernel;
    private final String key;
    private final Timeline timeline;
    /** Facts that the horizon reaches, in order; the walks have gone over the first of them. */
    private Chronology<Fact> reached = new Chronology<>();

    private final List<Fact> ahead = new ArrayList<>();
    private final Watches watches = new Watches();
    private final ChartReview review;
    private Fold<Fact, Walked<PatientWalk>> courses;
    private @Nullable Open open;
    /** What has come to the facts reached, or gone from them, since they were walked. */
    private final List<Stamp> changed = new ArrayList<>();
    /** How many facts at their end lie after all that. */
    private int unchanged;

    private @Nullable Horizon horizon;

    /** A walk over the last days with facts, which more facts may come to. */
    private record Open(Walked<PatientWalk> from, List<Fact> facts, PatientWalk walk) {}

    /**
     * A patient.
     *
     * @param key key of the patient, {@code network.hash}
     * @param facts versions kept of each fact, withdrawn ones among them, in the order of their places
     */
    Patient(Kernel kernel, String key, Collection<Fact> facts) {
        this.kernel = kernel;
        this.key = key;
        this.timeline = new Timeline(List.copyOf(facts));
        this.courses = coursesFromStart();
        this.review = kernel.review();
    }

    private Fold<Fact, Walked<PatientWalk>> coursesFromStart() {
        return new Fold<>(Walked.start(kernel.walk()), (from, days) -> from.over(days, walked(from, days)));
    }

    @SuppressWarnings("ReferenceEquality") // from anywhere else it is walked again, and comes to the same
    private PatientWalk walked(Walked<PatientWalk> from, List<Fact> facts) {
        if (open != null && open.from == from && open.facts.equals(facts)) {
            return open.walk;
        }
        PatientWalk walk = from.walk().copy();
        walk.over(kernel.history(facts));
        return walk;
    }

    /** All versions kept, at their places. */
    public List<Fact> facts() {
        return timeline.versions();
    }

    /**
     * Folds a version of a fact in.
     *
     * @return the place that changed, or -1 where this version, or one that goes before it, was there already
     */
    public int fold(Fact fact) {
        int known = timeline.size();
        Fact before = timeline.first(fact.stamp().identity());
        int place = timeline.fold(fact);
        if (place >= 0 && horizon != null && timeline.isPlain()) {
            if (place < known && before != null) {
                remove(before);
            }
            insert(fact, horizon);
        }
        return place;
    }

    private void remove(Fact fact) {
        if (!ahead.remove(fact)) {
            int place = Collections.binarySearch(reached.facts(), fact, Fact.ORDER);
            reached.replace(place, 1, List.of());
            changed.add(fact.stamp());
            unchanged = Math.min(unchanged, reached.facts().size() - place);
        }
    }

    private void insert(Fact fact, Horizon at) {
        if (at.reaches(fact.stamp())) {
            int place = placeOf(fact);
            reached.replace(place, 0, List.of(fact));
            changed.add(fact.stamp());
            unchanged = Math.min(unchanged, reached.facts().size() - 1 - place);
        } else {
            ahead.add(fact);
        }
    }

    /** Where a new fact belongs: mostly it is the last. */
    private int placeOf(Fact fact) {
        List<Fact> facts = reached.facts();
        boolean isLast = facts.isEmpty() || Fact.ORDER.compare(facts.get(facts.size() - 1), fact) < 0;
        return isLast ? facts.size() : -Collections.binarySearch(facts, fact, Fact.ORDER) - 1;
    }

    /**
     * Derives all that is published about the patient.
     *
     * @param at how far to read
     */
    public Derivation derive(Horizon at) {
        if (horizon == null || at.isBefore(horizon) || !timeline.isPlain()) {
            beginAnew(at);
        } else if (!ahead.isEmpty()) {
            List<Fact> waiting = List.copyOf(ahead);
            ahead.clear();
            waiting.forEach(fact -> insert(fact, at));
        }
        horizon = at;
        walkOn();
        changed.clear();
        List<Fact> facts = reached.facts();
        unchanged = facts.size();
        Walked<PatientWalk> past = courses.end().stand();
        List<Fact> today = List.copyOf(facts.subList(courses.end().place(), facts.size()));
        PatientWalk now = walked(past, today);
        open = new Open(past, today, now);
        return kernel.read(key, now, review, watches, at, nextAhead());
    }

    private void beginAnew(Horizon at) {
        courses = coursesFromStart();
        ahead.clear();
        changed.clear();
        List<Fact> now = new ArrayList<>();
        for (Fact fact : timeline.facts(at)) {
            (at.reaches(fact.stamp()) ? now : ahead).add(fact);
        }
        now.sort(Fact.ORDER);
        reached = new Chronology<>();
        reached.replace(0, 0, now);
    }

    /** Goes over the days that are past: those before the last with a fact, as far as no later day's clock reaches back. */
    private void walkOn() {
        courses.over(reached.facts(), mark -> isBeforeChange(mark.stand()), unchanged, reached);
    }

    private boolean isBeforeChange(Walked<?> stand) {
        for (Stamp stamp : changed) {
            if (!stand.isBefore(stamp)) {
                return false;
            }
        }
        return true;
    }

    /** How many facts the walks have gone over and steps the rules, some of them more than once. */
    long gone() {
        return courses.gone() + watches.gone();
    }

    private long nextAhead() {
        long next = Long.MAX_VALUE;
        for (Fact fact : ahead) {
            next = Math.min(next, fact.stamp().at());
        }
        return next;
    }
}
