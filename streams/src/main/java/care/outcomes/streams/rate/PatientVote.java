package care.outcomes.streams.rate;

import care.outcomes.streams.rate.CourseVotes.Vote;
import care.outcomes.streams.rate.Tally.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The one vote a patient has in a group. A single course votes by its own votes, whatever the window. Where several
 * courses meet, which of them votes depends on the window, so the steps of each window are written out.
 */
final class PatientVote {

    private PatientVote() {}

    /**
     * Adds to the cells of a group what takes the patient from one vote to another.
     *
     * @param before the patient's courses in the group as they were, in the order in which they began
     * @param after the same as they are
     * @param since first day on which they vote otherwise
     */
    static void addDifference(List<CourseVotes> before, List<CourseVotes> after, int since, Cells cells, Group target) {
        if (before.size() <= 1 && after.size() <= 1) {
            addChanged(contacts(before), contacts(after), cells, target);
            addChanged(scores(before), scores(after), cells, target);
        } else if (!before.equals(after)) {
            add(before, since, cells, target, -1);
            add(after, since, cells, target, 1);
        }
    }

    /** Votes that stay the same at either end, and mostly all but the last do, touch nothing. */
    private static void addChanged(List<Vote> before, List<Vote> after, Cells cells, Group target) {
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
        if (first < beforeEnd && first < afterEnd && before.get(first).beginsAs(after.get(first))) {
            // As the last vote does when one comes after it.
            addEnd(before.get(first), cells, target, -1);
            addEnd(after.get(first), cells, target, 1);
            first++;
        }
        for (int i = first; i < beforeEnd; i++) {
            add(before.get(i), cells, target, -1);
        }
        for (int i = first; i < afterEnd; i++) {
            add(after.get(i), cells, target, 1);
        }
    }

    private static List<Vote> contacts(List<CourseVotes> courses) {
        return courses.isEmpty() ? List.of() : courses.get(0).contacts();
    }

    private static List<Vote> scores(List<CourseVotes> courses) {
        return courses.isEmpty() ? List.of() : courses.get(0).scores();
    }

    private static void add(List<CourseVotes> courses, int since, Cells cells, Group target, int sign) {
        if (courses.size() == 1) {
            courses.get(0).contacts().forEach(vote -> add(vote, cells, target, sign));
            courses.get(0).scores().forEach(vote -> add(vote, cells, target, sign));
        } else {
            for (Window window : Window.values()) {
                addSteps(courses, window, since, cells, target, sign);
            }
        }
    }

    private static void add(Vote vote, Cells cells, Group target, int sign) {
        cells.add(target, vote.day(), Cell.begun(vote.tally().times(sign)));
        addEnd(vote, cells, target, sign);
    }

    private static void addEnd(Vote vote, Cells cells, Group target, int sign) {
        long stood = (long) vote.until() - vote.day();
        if (stood < Window.LONGEST) {
            Tally tally = vote.tally().times(sign);
            cells.add(target, vote.day(), Cell.replaced(tally, stood));
            cells.add(target, vote.until(), Cell.ended(tally, stood));
        }
    }

    private static void addSteps(
            List<CourseVotes> courses, Window window, int since, Cells cells, Group target, int sign) {
        TreeSet<Integer> days = new TreeSet<>();
        for (CourseVotes course : courses) {
            for (List<Vote> votes : List.of(course.contacts(), course.scores())) {
                for (Vote vote : votes) {
                    days.add(vote.day());
                    days.add((int) Math.min((long) vote.day() + window.days(), vote.until()));
                }
            }
        }
        Tally before = since == Change.ALL.since() ? Tally.ZERO : voteOn(since - 1, courses, window);
        for (int day : days.tailSet(since)) {
            Tally now = voteOn(day, courses, window);
            if (!now.equals(before)) {
                cells.add(target, day, Cell.ended(window, before.minus(now).times(sign)));
            }
            before = now;
        }
    }

    /**
     * Of several courses the one begun last of those measured in the window votes; with none measured, the patient is
     * eligible once if any course is; else the one begun last says why not (SEMANTICS §4).
     */
    private static Tally voteOn(int day, List<CourseVotes> courses, Window window) {
        Tally measured = Tally.ZERO;
        Tally contact = Tally.ZERO;
        for (CourseVotes course : courses) {
            for (Vote vote : standing(course.scores(), day, window)) {
                measured = vote.tally();
            }
            for (Vote vote : standing(course.contacts(), day, window)) {
                if (contact.get(Count.ELIGIBLE) == 0 || vote.tally().get(Count.ELIGIBLE) > 0) {
                    contact = vote.tally();
                }
            }
        }
        return measured.isZero() ? contact : measured.plus(Tally.one(Count.ELIGIBLE));
    }

    private static List<Vote> standing(List<Vote> votes, int day, Window window) {
        List<Vote> standing = new ArrayList<>();
        for (Vote vote : votes) {
            if (vote.standsOn(day, window)) {
                standing.add(vote);
            }
        }
        return standing;
    }
}
