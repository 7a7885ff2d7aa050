package care.outcomes.streams.rate;

import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.timeline.Strand;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;

/**
 * Between which days course rows vote otherwise than before: what lies before or after need not be looked at.
 *
 * @param since first day of votes that are others, epoch day
 * @param through last day on which votes begin that are others, epoch day
 */
record Change(int since, int through) {

    /** All votes are to be looked at. */
    static final Change ALL = new Change(Integer.MIN_VALUE, Integer.MAX_VALUE);

    /** Nothing votes otherwise. */
    static final Change NONE = new Change(Integer.MAX_VALUE, Integer.MIN_VALUE);

    /** The same, with all that comes after it. */
    Change andLater() {
        return new Change(since, Integer.MAX_VALUE);
    }

    private Change and(Change other) {
        return new Change(Math.min(since, other.since), Math.max(through, other.through));
    }

    private record Row(String treatment, int ordinal, String instrument) {
        Row(CourseOutcome outcome) {
            this(outcome.course().treatment(), outcome.course().ordinal(), outcome.instrument());
        }
    }

    static Change between(Collection<CourseOutcome> before, Collection<CourseOutcome> after) {
        return areSameRows(before, after) ? ofRows(before, after) : ofOtherRows(before, after);
    }

    /** Whether there are rows of the same courses on the same instruments, as on either side of most facts. */
    private static boolean areSameRows(Collection<CourseOutcome> before, Collection<CourseOutcome> after) {
        if (before.size() != after.size()) {
            return false;
        }
        Iterator<CourseOutcome> now = after.iterator();
        for (CourseOutcome was : before) {
            CourseOutcome is = now.next();
            boolean same = was.course().ordinal() == is.course().ordinal()
                    && was.course().treatment().equals(is.course().treatment())
                    && was.instrument().equals(is.instrument());
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static Change ofRows(Collection<CourseOutcome> before, Collection<CourseOutcome> after) {
        Change change = NONE;
        Iterator<CourseOutcome> now = after.iterator();
        for (CourseOutcome was : before) {
            change = change.and(between(was, now.next()));
        }
        return change;
    }

    private static Change ofOtherRows(Collection<CourseOutcome> before, Collection<CourseOutcome> after) {
        Map<Row, CourseOutcome> old = new HashMap<>();
        before.forEach(outcome -> old.put(new Row(outcome), outcome));
        Change change = NONE;
        for (CourseOutcome now : after) {
            CourseOutcome was = old.remove(new Row(now));
            change = change.and(was == null ? from(now.course().openedOn()) : between(was, now));
        }
        for (CourseOutcome gone : old.values()) {
            change = change.and(from(gone.course().openedOn()));
        }
        return change;
    }

    private static Change from(int day) {
        return new Change(day, Integer.MAX_VALUE);
    }

    private static Change between(CourseOutcome was, CourseOutcome now) {
        Course before = was.course();
        Course after = now.course();
        boolean alike = before.clinicId().equals(after.clinicId())
                && before.openedOn() == after.openedOn()
                && Objects.equals(before.openedAt(), after.openedAt())
                && before.firstDose().equals(after.firstDose())
                && before.leftTruncated() == after.leftTruncated()
                && was.exclusion() == now.exclusion()
                && was.scoredFrom() == now.scoredFrom();
        return alike
                ? between(before.contacts(), after.contacts(), Integer::intValue)
                        .and(between(was.followUps(), now.followUps(), FollowUp::day))
                : from(Math.min(before.openedOn(), after.openedOn()));
    }

    private static <E> Change between(List<E> was, List<E> now, ToIntFunction<E> dayOf) {
        int same = Strand.common(was, now);
        int sameAtEnd = Strand.commonAtEnd(was, now, same);
        return over(was.subList(same, was.size() - sameAtEnd), dayOf)
                .and(over(now.subList(same, now.size() - sameAtEnd), dayOf));
    }

    private static <E> Change over(List<E> others, ToIntFunction<E> dayOf) {
        return others.isEmpty()
                ? NONE
                : new Change(dayOf.applyAsInt(others.get(0)), dayOf.applyAsInt(others.get(others.size() - 1)));
    }
}
