package care.outcomes.streams.timeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Facts of a patient in order, and the places among them at which a day ends that no later fact can reach back into: not
 * by its label, and not by the clock either. The last day with a fact does not end, for more may come on it. A change
 * costs what it changes, however long the history is. For one thread.
 */
public final class Chronology<F extends Fact> implements Fold.Places {

    private final List<F> facts = new ArrayList<>();
    /** Up to each fact the latest instant, epoch milliseconds. */
    private long[] latest = new long[16];
    /** From each fact on the earliest instant that is exact, epoch milliseconds. */
    private long[] earliest = new long[16];

    /** The facts. */
    public List<F> facts() {
        return Collections.unmodifiableList(facts);
    }

    /**
     * Puts facts in the place of others.
     *
     * @param from place of the first
     * @param gone how many are taken out there
     * @param come those that are put in
     */
    public void replace(int from, int gone, List<? extends F> come) {
        int rest = facts.size() - from - gone;
        int size = facts.size() - gone + come.size();
        facts.subList(from, from + gone).clear();
        facts.addAll(from, come);
        if (size > latest.length) {
            latest = Arrays.copyOf(latest, size + size / 2);
            earliest = Arrays.copyOf(earliest, latest.length);
        }
        System.arraycopy(latest, from + gone, latest, from + come.size(), rest);
        System.arraycopy(earliest, from + gone, earliest, from + come.size(), rest);
        lookBack(from, come.size());
        lookAhead(from, come.size());
    }

    private void lookBack(int from, int come) {
        long last = from == 0 ? Long.MIN_VALUE : latest[from - 1];
        for (int i = from; i < facts.size(); i++) {
            last = Math.max(last, facts.get(i).stamp().at());
            if (i >= from + come && latest[i] == last) {
                return;
            }
            latest[i] = last;
        }
    }

    private void lookAhead(int from, int come) {
        int next = from + come;
        long first = next == facts.size() ? Long.MAX_VALUE : earliest[next];
        for (int i = next - 1; i >= 0; i--) {
            Stamp stamp = facts.get(i).stamp();
            first = stamp.timed() ? Math.min(stamp.at(), first) : first;
            if (i < from && earliest[i] == first) {
                return;
            }
            earliest[i] = first;
        }
    }

    private boolean endsBefore(int place) {
        return facts.get(place - 1).day() < facts.get(place).day() && latest[place - 1] < earliest[place];
    }

    @Override
    public int from(int place) {
        for (int i = Math.max(place, 1); i < facts.size(); i++) {
            if (endsBefore(i)) {
                return i;
            }
        }
        return Integer.MAX_VALUE;
    }

    @Override
    public int last() {
        int place = facts.size() - 1;
        while (place > 0 && !endsBefore(place)) {
            place--;
        }
        return Math.max(place, 0);
    }
}
