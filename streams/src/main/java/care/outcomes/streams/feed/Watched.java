package care.outcomes.streams.feed;

import care.outcomes.streams.outcome.Closing;
import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.CourseOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long a patient has been under watch at each clinic, by the days on which courses began: of courses side by side each
 * day counts once. A course that is open adds a day each day, so that it is only said since when it counts, and nothing
 * changes while time goes by.
 */
final class Watched {

    private Watched() {}

    /** What it adds to the counts of feeds. */
    static Map<FeedDay, FeedCounts> of(String networkId, Collection<CourseOutcome> outcomes) {
        Map<String, List<Course>> byClinic = new HashMap<>();
        Map<String, Course> courses = new TreeMap<>();
        outcomes.forEach(outcome -> courses.put(
                outcome.course().treatment() + "·" + outcome.course().ordinal(), outcome.course()));
        courses.values()
                .forEach(course -> byClinic.computeIfAbsent(course.clinicId(), any -> new ArrayList<>())
                        .add(course));
        Map<FeedDay, FeedCounts> watched = new HashMap<>();
        byClinic.forEach((clinic, of) -> {
            of.sort(Comparator.comparingInt(Course::openedOn));
            int counted = Integer.MIN_VALUE;
            for (Course course : of) {
                Closing closing = course.closing();
                int closed = closing == null ? Integer.MAX_VALUE : closing.day();
                int from = Math.max(course.openedOn(), counted);
                if (closed > from) {
                    FeedCounts counts = closing == null
                            ? FeedCounts.watched(course.openedOn() - from, 1)
                            : FeedCounts.watched(closed - from, 0);
                    watched.merge(new FeedDay(networkId, clinic, course.openedOn()), counts, FeedCounts::plus);
                    counted = closed;
                }
            }
        });
        return watched;
    }
}
