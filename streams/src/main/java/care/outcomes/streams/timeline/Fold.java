package care.outcomes.streams.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * A fold over a list that changes at its end or anywhere. It keeps stands on its way: after a change it goes back to the
 * last one before it, and is through where it meets one that it had after it, for from there on all is as it was. So a
 * change costs what it changes. For one thread.
 *
 * @param <E> what the list is of
 * @param <S> where the fold stands
 */
public final class Fold<E, S extends Stand<S>> {

    /** Places between two stands: an eighth of what lies before them, within these. */
    private static final int NEAREST = 8;

    private static final int FARTHEST = 64;

    private final BiFunction<S, List<E>, S> over;
    /** The stands kept, the first of them at the beginning. */
    private final List<Mark<S>> marks = new ArrayList<>();

    private Mark<S> end;
    private int length;
    private long gone;

    /**
     * A fold that has not begun.
     *
     * @param over goes on from a stand over the elements that follow
     */
    public Fold(S start, BiFunction<S, List<E>, S> over) {
        this.over = over;
        this.end = new Mark<>(0, start);
        marks.add(end);
    }

    /**
     * A stand at a place of the list.
     *
     * @param place how many elements lie before it
     */
    public record Mark<S>(int place, S stand) {}

    /** Places at which a fold may stand. */
    public interface Places {

        /** The first such place from one on; some place beyond {@link #last} where there is none. */
        int from(int place);

        /** The last of them, up to which the fold goes. */
        int last();

        /** Any place in a list. */
        static Places any(int size) {
            return new Places() {
                @Override
                public int from(int place) {
                    return place;
                }

                @Override
                public int last() {
                    return size;
                }
            };
        }
    }

    /** Where it stands after all it has gone over. */
    public Mark<S> end() {
        return end;
    }

    /** How many elements it has gone over in all, some of them more than once. */
    public long gone() {
        return gone;
    }

    /**
     * Goes over a list.
     *
     * @param holds whether a stand lies before all that has changed since the list was gone over
     * @param sameAtEnd how many elements at the end of the list have not changed
     * @param allowed where it may stand on the way
     */
    public void over(List<E> list, Predicate<Mark<S>> holds, int sameAtEnd, Places allowed) {
        List<Mark<S>> before = holds.test(end) ? List.of() : goBack(holds);
        int unchanged = length - sameAtEnd;
        int shift = list.size() - length;
        length = list.size();
        int next = 0;
        while (end.place < allowed.last()) {
            while (next < before.size() && !canMeet(before.get(next), unchanged, shift, allowed)) {
                next++;
            }
            int met = next < before.size() ? before.get(next).place + shift : Integer.MAX_VALUE;
            int due = allowed.from(Math.max(due(), end.place + 1));
            walkTo(Math.min(Math.min(met, due), allowed.last()), list);
            if (end.place == met && before.get(next).stand.meets(end.stand)) {
                rejoin(before.subList(next, before.size()), shift);
                next = before.size();
            } else if (end.place == met || end.place == due) {
                marks.add(end);
            }
        }
    }

    /** Goes back to the last stand before a change; those after it, in order. */
    private List<Mark<S>> goBack(Predicate<Mark<S>> holds) {
        int kept = marks.size();
        while (kept > 1 && !holds.test(marks.get(kept - 1))) {
            kept--;
        }
        List<Mark<S>> after = new ArrayList<>(marks.subList(kept, marks.size()));
        after.add(end);
        marks.subList(kept, marks.size()).clear();
        end = marks.get(kept - 1);
        return after;
    }

    private boolean canMeet(Mark<S> mark, int unchanged, int shift, Places allowed) {
        int place = mark.place + shift;
        return mark.place >= unchanged && place > end.place && allowed.from(place) == place;
    }

    /** Place at which the next stand is to be kept. */
    private int due() {
        int last = marks.get(marks.size() - 1).place;
        return last + Math.min(FARTHEST, Math.max(NEAREST, last / 8));
    }

    private void walkTo(int place, List<E> list) {
        gone += place - end.place;
        end = new Mark<>(place, over.apply(end.stand, list.subList(end.place, place)));
    }

    /** From here on all is as it was. */
    private void rejoin(List<Mark<S>> before, int shift) {
        S was = before.get(0).stand;
        for (Mark<S> mark : before) {
            end = new Mark<>(mark.place + shift, mark.stand.after(was, end.stand));
            was = mark.stand;
            marks.add(end);
        }
        // The last of them is where the fold ended, which is no stand to keep.
        marks.remove(marks.size() - 1);
    }
}
