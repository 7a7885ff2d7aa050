package care.outcomes.streams.rate;

import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.CourseOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which of a patient's course rows are of one course. */
final class CourseRows {

    private CourseRows() {}

    /**
     * The course that all rows are of, as for most facts they are: then all of them count in the same groups, under all
     * clinics as under that of the course, and nothing is to be corrected over treatments.
     *
     * @param before all course rows of the patient as they were
     * @param after all course rows of the patient as they are
     * @return the course as one of the rows has it; null where there are several, or none, or it counts elsewhere than before
     */
    static @Nullable Course only(Collection<CourseOutcome> before, Collection<CourseOutcome> after) {
        Course only = first(before.isEmpty() ? after : before);
        return only != null && areAllOf(only, before) && areAllOf(only, after) ? only : null;
    }

    private static @Nullable Course first(Collection<CourseOutcome> rows) {
        return rows.isEmpty() ? null : rows.iterator().next().course();
    }

    private static boolean areAllOf(Course course, Collection<CourseOutcome> rows) {
        for (CourseOutcome row : rows) {
            Course of = row.course();
            boolean same = of.ordinal() == course.ordinal()
                    && of.openedOn() == course.openedOn()
                    && of.treatment().equals(course.treatment())
                    && of.clinicId().equals(course.clinicId());
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /** The rows of each course that counts, which one that is left-truncated does not, in the order in which they began. */
    static Collection<? extends Collection<CourseOutcome>> byCourse(Collection<CourseOutcome> outcomes) {
        Course only = only(List.of(), outcomes);
        if (only != null) {
            return only.leftTruncated() ? List.of() : List.of(outcomes);
        }
        Map<Course, List<CourseOutcome>> byCourse = new TreeMap<>(Course.BEGUN.thenComparing(Course::treatment));
        for (CourseOutcome outcome : outcomes) {
            if (!outcome.course().leftTruncated()) {
                byCourse.computeIfAbsent(outcome.course(), c -> new ArrayList<>())
                        .add(outcome);
            }
        }
        return byCourse.values();
    }

    /** First day on which a course counts under any instrument. */
    static int scoredFrom(Collection<CourseOutcome> rows) {
        int first = Integer.MAX_VALUE;
        for (CourseOutcome row : rows) {
            first = Math.min(first, row.scoredFrom());
        }
        return first;
    }
}
