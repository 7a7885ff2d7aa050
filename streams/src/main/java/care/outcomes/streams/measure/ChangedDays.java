package care.outcomes.streams.measure;

import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Strand;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * Between which days a chart says otherwise than before.
 *
 * @param from first such day, epoch day
 * @param to last such day, epoch day; before the first: none
 */
record ChangedDays(int from, int to) {

    static final ChangedDays NONE = new ChangedDays(Integer.MAX_VALUE, Integer.MIN_VALUE);

    /**
     * The days of facts that have come or gone.
     *
     * @param counts facts that matter
     * @param firstDay first day on which a fact matters, epoch day
     * @param lastDay last such day
     */
    static <F extends Fact> ChangedDays between(
            List<F> before, List<F> now, Predicate<F> counts, ToIntFunction<F> firstDay, ToIntFunction<F> lastDay) {
        int same = Strand.common(before, now);
        int sameAtEnd = Strand.commonAtEnd(before, now, same);
        ChangedDays changed = NONE;
        for (List<F> others :
                List.of(before.subList(same, before.size() - sameAtEnd), now.subList(same, now.size() - sameAtEnd))) {
            for (F fact : others) {
                if (counts.test(fact)) {
                    changed = changed.and(new ChangedDays(firstDay.applyAsInt(fact), lastDay.applyAsInt(fact)));
                }
            }
        }
        return changed;
    }

    ChangedDays and(ChangedDays other) {
        return new ChangedDays(Math.min(from, other.from), Math.max(to, other.to));
    }

    boolean meet(int first, int last) {
        return from <= last && to >= first;
    }
}
