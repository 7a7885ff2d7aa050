package care.outcomes.streams;

import care.outcomes.streams.alert.Watches;
import care.outcomes.streams.measure.MeasureWalk;
import care.outcomes.streams.outcome.PatientWalk;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.History;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.Stamp;
import care.outcomes.streams.timeline.Timeline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A patient whose facts come one by one. All days but the last with a fact are walked once and carried on from; a fact
 * that comes out of order, or changes one that was walked, makes the walk begin anew. Either way the same is derived as
 * from all facts at once: what is carried is a memory, never a source.
 *
 * <p>For one thread.
 */
public final class Patient {

    private final Kernel kernel;
    private final String key;
    private final Timeline timeline;
    private final List<Fact> today = new ArrayList<>();
    private final List<Fact> ahead = new ArrayList<>();
    private final Watches watches = new Watches();
    private PatientWalk walk;
    private MeasureWalk measures;
    private int lastDay;
    private long walkedUntil;
    private @Nullable Horizon horizon;

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
        this.walk = kernel.walk();
        this.measures = kernel.measureWalk();
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
        int place = timeline.fold(fact);
        if (place >= 0 && horizon != null && timeline.isPlain()) {
            if (place < known || !horizon.reaches(fact.stamp())) {
                forget(fact, place < known);
            } else {
                take(fact);
            }
        }
        return place;
    }

    private void forget(Fact fact, boolean replaces) {
        boolean wasToday = replaces
                && today.removeIf(
                        old -> old.stamp().identity().equals(fact.stamp().identity()));
        if (!replaces) {
            ahead.add(fact);
        } else if (wasToday && horizon != null && horizon.reaches(fact.stamp())) {
            take(fact);
        } else {
            horizon = null;
        }
    }

    /** A fact that the horizon reaches: it goes on from the walk, or the walk is given up. */
    private void take(Fact fact) {
        if (fact.day() > lastDay) {
            settle();
            lastDay = fact.day();
        } else if (fact.day() < lastDay) {
            horizon = null;
        }
        if (fact.stamp().timed() && fact.stamp().at() <= walkedUntil) {
            // It may say the same as a fact of another label of the day.
            horizon = null;
        }
        today.add(fact);
    }

    /** What is known of the last day is walked for good. */
    private void settle() {
        if (!today.isEmpty()) {
            History over = kernel.history(today);
            walk.over(over);
            measures.over(over);
            for (Fact fact : today) {
                walkedUntil = Math.max(walkedUntil, fact.stamp().at());
            }
            today.clear();
        }
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
            reach(at);
        }
        horizon = at;
        PatientWalk now = walk.copy();
        History last = kernel.history(today);
        now.over(last);
        return kernel.read(key, now, measures.read(last, at), watches, at, nextAhead());
    }

    private void reach(Horizon at) {
        List<Fact> reached = ahead.stream()
                .filter(fact -> at.reaches(fact.stamp()))
                .sorted(Fact.ORDER)
                .toList();
        ahead.removeAll(reached);
        reached.forEach(this::take);
        if (horizon == null) {
            beginAnew(at);
        }
    }

    private void beginAnew(Horizon at) {
        walk = kernel.walk();
        measures = kernel.measureWalk();
        walkedUntil = Long.MIN_VALUE;
        today.clear();
        ahead.clear();
        lastDay = Integer.MIN_VALUE;
        List<Fact> live = timeline.facts(at);
        for (Fact fact : live) {
            if (at.reaches(fact.stamp())) {
                lastDay = Math.max(lastDay, fact.day());
            } else {
                ahead.add(fact);
            }
        }
        List<Fact> before = new ArrayList<>();
        for (Fact fact : live) {
            if (at.reaches(fact.stamp())) {
                (fact.day() < lastDay ? before : today).add(fact);
            }
        }
        long until = before.stream().map(Fact::stamp).mapToLong(Stamp::at).max().orElse(Long.MIN_VALUE);
        if (today.stream().anyMatch(fact -> fact.stamp().timed() && fact.stamp().at() <= until)) {
            today.addAll(before);
            return;
        }
        History over = kernel.history(before);
        walk.over(over);
        measures.over(over);
        walkedUntil = until;
    }

    private long nextAhead() {
        return ahead.stream().map(Fact::stamp).mapToLong(Stamp::at).min().orElse(Long.MAX_VALUE);
    }
}
