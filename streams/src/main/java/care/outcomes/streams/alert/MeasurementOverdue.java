package care.outcomes.streams.alert;

import care.outcomes.streams.outcome.Closing;
import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.outcome.Followed;
import care.outcomes.streams.timeline.Horizon;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * No score on any outcome instrument for longer than the treatment allows, while the course is open: missing
 * measurement is itself a reason to look (domain.md §0.10). Each due date is a ground of its own; it ends with the next
 * score or with the course.
 */
final class MeasurementOverdue extends Watch {

    static final String RULE = "measurement-overdue";

    private final int allowed;
    private final List<Gap> gaps = new ArrayList<>();
    private int last;
    private Evidence latest;

    private MeasurementOverdue(Course course, int allowed) {
        this.allowed = allowed;
        this.last = course.openedOn();
        this.latest = new Evidence(course.firstDose(), "DOSE", last, null);
    }

    /** A measurement that fell due on a day, what was known last, and the score that came at last. */
    private record Gap(int due, Evidence latest, FollowUp measured) {}

    private record About(String rule, String firstDose, int openedOn) {}

    /**
     * Looks for the grounds in one course.
     *
     * @return first day after the horizon on which one may arise, {@link Integer#MAX_VALUE}: none
     */
    static int find(Followed followed, Horizon horizon, Watches watches, List<Ground> grounds) {
        Integer allowed = followed.treatment().measurementDue();
        if (allowed == null) {
            return Integer.MAX_VALUE;
        }
        Course course = followed.course();
        Closing closing = course.closing();
        int closes = closing == null ? Integer.MAX_VALUE : closing.day();
        About about = new About(RULE, course.firstDose(), course.openedOn());
        MeasurementOverdue watch = watches.over(
                followed.scores(), MeasurementOverdue.class, about, () -> new MeasurementOverdue(course, allowed));
        for (Gap gap : watch.gaps) {
            if (gap.due < closes) {
                Ground.End end = closes <= gap.measured.day()
                        ? new Ground.End(CourseGrounds.startOf(closes, course), "COURSE_CLOSED")
                        : new Ground.End(
                                Math.max(gap.measured.at(), CourseGrounds.startOf(gap.due, course)), "MEASURED");
                grounds.add(ground(course, gap.due, allowed, gap.latest, end));
            }
        }
        int due = watch.last + allowed + 1;
        if (due >= closes) {
            return Integer.MAX_VALUE;
        }
        if (due > horizon.day()) {
            return due;
        }
        Ground.End end =
                closing == null ? null : new Ground.End(CourseGrounds.startOf(closes, course), "COURSE_CLOSED");
        grounds.add(ground(course, due, allowed, watch.latest, end));
        return Integer.MAX_VALUE;
    }

    @Override
    void see(FollowUp score, int place) {
        int due = last + allowed + 1;
        if (score.day() >= due) {
            gaps.add(new Gap(due, latest, score));
        }
        last = score.day();
        latest = new Evidence(score.factId(), "SCORE", last, (double) score.score());
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
