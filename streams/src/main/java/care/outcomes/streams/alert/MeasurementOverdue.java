package care.outcomes.streams.alert;

import care.outcomes.streams.outcome.Closing;
import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.outcome.PatientCourses.Followed;
import care.outcomes.streams.timeline.Horizon;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * No score on any outcome instrument for longer than the treatment allows, while the course is open: missing
 * measurement is itself a reason to look (domain.md §0.10). Each due date is a ground of its own; it ends with the next
 * score or with the course.
 */
final class MeasurementOverdue {

    static final String RULE = "measurement-overdue";

    private MeasurementOverdue() {}

    /**
     * Looks for the grounds in one course.
     *
     * @return first day after the horizon on which one may arise, {@link Integer#MAX_VALUE}: none
     */
    static int find(Followed followed, Horizon horizon, List<Ground> grounds) {
        Integer allowed = followed.series().treatment().measurementDue();
        if (allowed == null) {
            return Integer.MAX_VALUE;
        }
        Course course = followed.course();
        Closing closing = course.closing();
        int closes = closing == null ? Integer.MAX_VALUE : closing.day();
        int last = course.openedOn();
        Evidence latest = new Evidence(course.firstDose(), "DOSE", last, null);
        for (FollowUp score : scores(followed)) {
            int due = last + allowed + 1;
            if (score.day() >= due && due < closes) {
                Ground.End end = closes <= score.day()
                        ? new Ground.End(CourseGrounds.startOf(closes, course), "COURSE_CLOSED")
                        : new Ground.End(Math.max(score.at(), CourseGrounds.startOf(due, course)), "MEASURED");
                grounds.add(ground(course, due, allowed, latest, end));
            }
            last = score.day();
            latest = new Evidence(score.factId(), "SCORE", last, (double) score.score());
        }
        int due = last + allowed + 1;
        if (due >= closes) {
            return Integer.MAX_VALUE;
        }
        if (due > horizon.day()) {
            return due;
        }
        Ground.End end =
                closing == null ? null : new Ground.End(CourseGrounds.startOf(closes, course), "COURSE_CLOSED");
        grounds.add(ground(course, due, allowed, latest, end));
        return Integer.MAX_VALUE;
    }

    private static List<FollowUp> scores(Followed followed) {
        List<FollowUp> scores = new ArrayList<>();
        for (CourseOutcome outcome : followed.outcomes()) {
            scores.addAll(outcome.followUps());
        }
        scores.sort(Comparator.comparingInt(FollowUp::day).thenComparingLong(FollowUp::at));
        return scores;
    }

    private static Ground ground(Course course, int due, int allowed, Evidence latest, Ground.@Nullable End end) {
        return CourseGrounds.due(
                due,
                CourseGrounds.startOf(due, course),
                course,
                RULE,
                LocalDate.ofEpochDay(due).toString(),
                end,
                Map.of("days", allowed),
                Map.of("days", (double) allowed),
                List.of(latest));
    }
}
