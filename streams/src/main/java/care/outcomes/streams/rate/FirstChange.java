package care.outcomes.streams.rate;

import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.timeline.Strand;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** From which day on course rows vote otherwise than before: what lies before it need not be looked at. */
final class FirstChange {

    /** All votes are to be looked at. */
    static final int ALWAYS = Integer.MIN_VALUE;

    /** Nothing votes otherwise. */
    static final int NONE = Integer.MAX_VALUE;

    private FirstChange() {}

    private record Row(String treatment, int ordinal, String instrument) {
        Row(CourseOutcome outcome) {
            this(outcome.course().treatment(), outcome.course().ordinal(), outcome.instrument());
        }
    }

    static int between(Collection<CourseOutcome> before, Collection<CourseOutcome> after) {
        Map<Row, CourseOutcome> old = new HashMap<>();
        before.forEach(outcome -> old.put(new Row(outcome), outcome));
        int first = NONE;
        for (CourseOutcome now : after) {
            CourseOutcome was = old.remove(new Row(now));
            first = Math.min(first, was == null ? now.course().openedOn() : between(was, now));
        }
        for (CourseOutcome gone : old.values()) {
            first = Math.min(first, gone.course().openedOn());
        }
        return first;
    }

    private static int between(CourseOutcome was, CourseOutcome now) {
        if (was.equals(now)) {
            return NONE;
        }
        Course before = was.course();
        Course after = now.course();
        boolean alike = before.clinicId().equals(after.clinicId())
                && before.openedOn() == after.openedOn()
                && Objects.equals(before.openedAt(), after.openedAt())
                && before.firstDose().equals(after.firstDose())
                && before.leftTruncated() == after.leftTruncated()
                && was.exclusion() == now.exclusion()
                && was.scoredFrom() == now.scoredFrom();
        if (!alike) {
            return Math.min(before.openedOn(), after.openedOn());
        }
        int first = NONE;
        int contact = Strand.common(before.contacts(), after.contacts());
        if (contact < before.contacts().size()) {
            first = Math.min(first, before.contacts().get(contact));
        }
        if (contact < after.contacts().size()) {
            first = Math.min(first, after.contacts().get(contact));
        }
        int score = Strand.common(was.followUps(), now.followUps());
        return Math.min(first, Math.min(dayOf(was, score), dayOf(now, score)));
    }

    private static int dayOf(CourseOutcome outcome, int place) {
        return place < outcome.followUps().size()
                ? outcome.followUps().get(place).day()
                : NONE;
    }
}
