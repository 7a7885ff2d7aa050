package care.outcomes.streams.feed;

import care.outcomes.streams.outcome.CourseOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How complete the records of a patient are: visits with a score, courses with a baseline, days under watch. */
public final class Completeness {

    private Completeness() {}

    /**
     * What changes from one state of a patient to another.
     *
     * @param visitsBefore days at clinics as they were counted
     * @param outcomesBefore course rows as they were counted
     */
    public static FeedChange difference(
            String networkId,
            List<VisitDay> visitsBefore,
            List<VisitDay> visitsAfter,
            Collection<CourseOutcome> outcomesBefore,
            Collection<CourseOutcome> outcomesAfter) {
        FeedChange change = new FeedChange();
        addChanged(networkId, visitsBefore, visitsAfter, change);
        Watched.of(networkId, outcomesAfter).forEach(change::add);
        Watched.of(networkId, outcomesBefore).forEach(change::subtract);
        courses(networkId, outcomesAfter).forEach((course, begun) -> change.add(begun.day(), begun.counts()));
        courses(networkId, outcomesBefore).forEach((course, begun) -> change.subtract(begun.day(), begun.counts()));
        return change;
    }

    /** Days that stay the same at either end, and mostly all but the last do, touch nothing. */
    private static void addChanged(String networkId, List<VisitDay> before, List<VisitDay> after, FeedChange change) {
        int first = 0;
        int beforeEnd = before.size();
        int afterEnd = after.size();
        while (first < beforeEnd && first < afterEnd && before.get(first).equals(after.get(first))) {
            first++;
        }
        while (first < beforeEnd
                && first < afterEnd
                && before.get(beforeEnd - 1).equals(after.get(afterEnd - 1))) {
            beforeEnd--;
            afterEnd--;
        }
        after.subList(first, afterEnd)
                .forEach(visit -> change.add(day(networkId, visit), FeedCounts.visit(visit.scored())));
        before.subList(first, beforeEnd)
                .forEach(visit -> change.subtract(day(networkId, visit), FeedCounts.visit(visit.scored())));
    }

    private static FeedDay day(String networkId, VisitDay visit) {
        return new FeedDay(networkId, visit.clinicId(), visit.day());
    }

    private record Begun(FeedDay day, FeedCounts counts) {

        Begun or(Begun other) {
            return counts.baselined() > 0 ? this : other;
        }
    }

    /** Of a course that began before its first known dose nobody can ask for a baseline. */
    private static Map<String, Begun> courses(String networkId, Collection<CourseOutcome> outcomes) {
        Map<String, Begun> courses = new TreeMap<>();
        for (CourseOutcome outcome : outcomes) {
            if (!outcome.course().leftTruncated()) {
                FeedDay day = new FeedDay(
                        networkId, outcome.course().clinicId(), outcome.course().openedOn());
                courses.merge(
                        outcome.course().treatment() + "·" + outcome.course().ordinal(),
                        new Begun(day, FeedCounts.course(outcome.baseline() != null)),
                        Begun::or);
            }
        }
        return courses;
    }
}
