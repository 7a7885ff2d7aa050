package care.outcomes.streams.rate.trajectory;

import care.outcomes.streams.outcome.Baseline;
import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.FollowUp;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * From the course rows of one patient to where the patient's courses stand at each dose. Every evaluable course is at
 * every dose that a score tells about; of several scores about one dose the last counts, from its month on.
 */
public final class PointCells {

    private final SortedMap<CoursePoint, SortedMap<YearMonth, SortedMap<Integer, Integer>>> steps = new TreeMap<>();

    private PointCells() {}

    /**
     * By how much the patient's steps change. Costs no more than the scores that have changed and those after them, for
     * what a score adds depends on the one before it alone.
     *
     * @param before all course rows of the patient as they were
     * @param after all course rows of the patient as they are
     */
    public static SortedMap<CoursePoint, PointCell> difference(List<CourseOutcome> before, List<CourseOutcome> after) {
        PointCells cells = new PointCells();
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            CourseOutcome was = i < before.size() ? before.get(i) : null;
            CourseOutcome is = i < after.size() ? after.get(i) : null;
            int from = inCommon(was, is);
            cells.add(was, from, -1);
            cells.add(is, from, 1);
        }
        SortedMap<CoursePoint, PointCell> difference = new TreeMap<>();
        cells.steps.forEach((point, ofPoint) -> {
            if (!ofPoint.isEmpty()) {
                difference.put(point, new PointCell(ofPoint));
            }
        });
        return difference;
    }

    /** How many first scores say the same in both rows. */
    private static int inCommon(@Nullable CourseOutcome was, @Nullable CourseOutcome is) {
        if (was == null || is == null || !alike(was, is)) {
            return 0;
        }
        List<FollowUp> old = was.followUps();
        List<FollowUp> now = is.followUps();
        int common = 0;
        while (common < old.size() && common < now.size() && same(old.get(common), now.get(common))) {
            common++;
        }
        return common;
    }

    private static boolean alike(CourseOutcome was, CourseOutcome is) {
        Baseline old = was.baseline();
        Baseline now = is.baseline();
        return old != null
                && now != null
                && old.score() == now.score()
                && was.evaluable() == is.evaluable()
                && was.band() == is.band()
                && was.course().openedOn() == is.course().openedOn()
                && was.course().treatment().equals(is.course().treatment())
                && was.instrument().equals(is.instrument());
    }

    private static boolean same(FollowUp was, FollowUp is) {
        return was.day() == is.day() && was.score() == is.score() && was.dose() == is.dose();
    }

    private void add(@Nullable CourseOutcome row, int from, int courses) {
        Baseline baseline = row == null ? null : row.baseline();
        if (row == null || baseline == null || !row.evaluable() || row.band() == CourseOutcome.NO_BAND) {
            return;
        }
        Course course = row.course();
        YearMonth begun = monthOf(course.openedOn());
        List<FollowUp> scores = row.followUps();
        for (int i = from; i < scores.size(); i++) {
            FollowUp score = scores.get(i);
            SortedMap<YearMonth, SortedMap<Integer, Integer>> ofPoint = steps.computeIfAbsent(
                    new CoursePoint(course.treatment(), row.instrument(), begun, row.band(), score.dose()),
                    any -> new TreeMap<>());
            YearMonth month = monthOf(score.day());
            PointCell.add(ofPoint, month, TrajectoryCurves.percent(score.score(), baseline.score()), courses);
            if (i > 0 && scores.get(i - 1).dose() == score.dose()) {
                int replaced = TrajectoryCurves.percent(scores.get(i - 1).score(), baseline.score());
                PointCell.add(ofPoint, month, replaced, -courses);
            }
        }
    }

    private static YearMonth monthOf(int epochDay) {
        return YearMonth.from(LocalDate.ofEpochDay(epochDay));
    }
}
