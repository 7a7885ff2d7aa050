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
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A patient whose facts come one by one. All days but the last with a fact are walked once and carried on from; a fact
 * that comes late, or changes one that was walked, makes the walk go back to a stand before it. Either way the same is
 * derived as from all facts at once: what is carried is a memory, never a source.
 *
 * <p>For one thread.
 */
public final class Patient {

    /** Facts between two stands, at least. */
    private static final int APART = 64;

    private final Kernel kernel;
    private final String key;
    private final Timeline timeline;
    /** Facts that the horizon reaches, in order; the walk has gone over the first of them. */
    private final List<Fact> reached = new ArrayList<>();

    private final List<Fact> ahead = new ArrayList<>();
    private final Watches watches = new Watches();
    private final List<Stand> stands = new ArrayList<>();
    private Stand walked;
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
        this.walked = start();
    }

    /**
     * How far the walk has come.
     *
     * @param facts how many facts it has gone over
     * @param day last of their days, epoch day
     * @param until last of their instants, epoch milliseconds
     */
    private record Stand(int facts, int day, long until, PatientWalk walk, MeasureWalk measures) {

        Stand copy() {
            return new Stand(facts, day, until, walk.copy(), measures.copy());
        }

        /** Whether a fact comes after it: by day, and by the clock too, for it may say the same as one of another label. */
        boolean isBefore(Stamp stamp) {
            return day < stamp.day() && (!stamp.timed() || until < stamp.at());
        }
    }

    private Stand start() {
        return new Stand(0, Integer.MIN_VALUE, Long.MIN_VALUE, kernel.walk(), kernel.measureWalk());
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
            reached.remove(Collections.binarySearch(reached, fact, Fact.ORDER));
            goBackBefore(fact.stamp());
        }
    }

    private void insert(Fact fact, Horizon at) {
        if (at.reaches(fact.stamp())) {
            reached.add(-Collections.binarySearch(reached, fact, Fact.ORDER) - 1, fact);
            goBackBefore(fact.stamp());
        } else {
            ahead.add(fact);
        }
    }

    private void goBackBefore(Stamp stamp) {
        if (!walked.isBefore(stamp)) {
            while (!stands.isEmpty() && !stands.get(stands.size() - 1).isBefore(stamp)) {
                stands.remove(stands.size() - 1);
            }
            walked = stands.isEmpty() ? start() : stands.get(stands.size() - 1).copy();
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
            List<Fact> waiting = List.copyOf(ahead);
            ahead.clear();
            waiting.forEach(fact -> insert(fact, at));
        }
        horizon = at;
        walkOn();
        PatientWalk now = walked.walk.copy();
        History open = kernel.history(reached.subList(walked.facts, reached.size()));
        now.over(open);
        return kernel.read(key, now, walked.measures.read(open, at), watches, at, nextAhead());
    }

    private void beginAnew(Horizon at) {
        walked = start();
        stands.clear();
        reached.clear();
        ahead.clear();
        for (Fact fact : timeline.facts(at)) {
            (at.reaches(fact.stamp()) ? reached : ahead).add(fact);
        }
        reached.sort(Fact.ORDER);
    }

    /** Goes over the days that are past: those before the last with a fact, as far as no later day's clock reaches back. */
    private void walkOn() {
        int from = walked.facts;
        int to = from;
        for (int cut : cuts(from)) {
            to = cut;
            if (to - from >= APART) {
                walkTo(to);
                stands.add(walked.copy());
                from = to;
            }
        }
        if (to > from) {
            walkTo(to);
        }
    }

    /** Places after a fact at which a day ends that no later fact can reach back into. */
    private List<Integer> cuts(int from) {
        int end = reached.size();
        if (end == 0
                || reached.get(from == end ? from - 1 : from).day()
                        == reached.get(end - 1).day()) {
            return List.of();
        }
        long[] earliest = new long[end - from + 1];
        earliest[end - from] = Long.MAX_VALUE;
        for (int i = end - 1; i >= from; i--) {
            Stamp stamp = reached.get(i).stamp();
            earliest[i - from] = stamp.timed() ? Math.min(stamp.at(), earliest[i + 1 - from]) : earliest[i + 1 - from];
        }
        List<Integer> cuts = new ArrayList<>();
        long until = walked.until;
        for (int i = from; i < end - 1; i++) {
            Stamp stamp = reached.get(i).stamp();
            until = Math.max(until, stamp.at());
            if (stamp.day() < reached.get(i + 1).day() && until < earliest[i + 1 - from]) {
                cuts.add(i + 1);
            }
        }
        return cuts;
    }

    private void walkTo(int to) {
        List<Fact> passed = reached.subList(walked.facts, to);
        History over = kernel.history(passed);
        walked.walk.over(over);
        walked.measures.over(over);
        long until = passed.stream().map(Fact::stamp).mapToLong(Stamp::at).max().orElse(Long.MIN_VALUE);
        walked = new Stand(
                to, passed.get(passed.size() - 1).day(), Math.max(walked.until, until), walked.walk, walked.measures);
    }

    private long nextAhead() {
        return ahead.stream().map(Fact::stamp).mapToLong(Stamp::at).min().orElse(Long.MAX_VALUE);
    }
}
