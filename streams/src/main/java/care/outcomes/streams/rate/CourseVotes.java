package care.outcomes.streams.rate;

import care.outcomes.schemas.record.CourseStatus;
import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.rate.Tally.Count;
import care.outcomes.streams.timeline.Strand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one course votes under one instrument.
 *
 * @param course the course
 * @param contacts a vote for each day with contact: eligible, without baseline, or below the floor
 * @param scores a vote for the last follow-up score of each day; empty unless the course is evaluable
 */
record CourseVotes(Course course, List<Vote> contacts, List<Vote> scores) {

    /**
     * A vote from its day until another takes its place, at most for the window.
     *
     * @param day first day, epoch day
     * @param until day on which it is replaced; {@link Integer#MAX_VALUE}: never
     * @param tally what it adds
     */
    record Vote(int day, int until, Tally tally) {

        /** Whether it is another at most in when it ends. */
        boolean beginsAs(Vote other) {
            return day == other.day && tally.equals(other.tally);
        }

        boolean standsOn(int on, Window window) {
            return day <= on && on < until && on - day < window.days();
        }
    }

    /**
     * The votes of all courses of a patient by instrument, in the order in which they began.
     *
     * @param change votes that are replaced before it, or begin after it, are left out
     */
    static Map<String, List<CourseVotes>> byInstrument(
            Collection<CourseOutcome> outcomes, String primaryInstrument, Change change) {
        Map<String, List<CourseVotes>> votes = new TreeMap<>();
        for (Collection<CourseOutcome> rows : CourseRows.byCourse(outcomes)) {
            putOfCourse(rows, primaryInstrument, change, votes);
        }
        return votes;
    }

    private static void putOfCourse(
            Collection<CourseOutcome> rows,
            String primaryInstrument,
            Change change,
            Map<String, List<CourseVotes>> votes) {
        Course course = rows.iterator().next().course();
        int scoredFrom = CourseRows.scoredFrom(rows);
        if (scoredFrom > course.openedOn()) {
            // Until it was first scored the course counted under the primary instrument.
            List<Vote> contacts = contacts(course, course.openedOn(), scoredFrom, Tally.one(Count.NO_BASELINE), change);
            put(votes, primaryInstrument, new CourseVotes(course, contacts, List.of()));
        }
        for (CourseOutcome row : rows) {
            List<Vote> contacts =
                    contacts(course, row.scoredFrom(), Integer.MAX_VALUE, Tally.one(kind(row.exclusion())), change);
            CourseVotes vote =
                    new CourseVotes(course, contacts, row.evaluable() ? scores(row.followUps(), change) : List.of());
            put(votes, row.instrument(), vote);
        }
    }

    /** Courses come one after the other; one that had votes under the instrument before goes on with these. */
    private static void put(Map<String, List<CourseVotes>> votes, String instrument, CourseVotes vote) {
        List<CourseVotes> courses = votes.computeIfAbsent(instrument, i -> new ArrayList<>(1));
        int last = courses.size() - 1;
        if (last >= 0 && courses.get(last).course.equals(vote.course)) {
            courses.set(last, courses.get(last).then(vote));
        } else {
            courses.add(vote);
        }
    }

    private CourseVotes then(CourseVotes later) {
        List<Vote> contacts = new ArrayList<>(this.contacts);
        contacts.addAll(later.contacts);
        return new CourseVotes(course, contacts, later.scores);
    }

    static Count kind(CourseOutcome.@Nullable Exclusion exclusion) {
        if (exclusion == null) {
            return Count.ELIGIBLE;
        }
        return switch (exclusion) {
            case ZERO_BASELINE, BELOW_FLOOR -> Count.BELOW_FLOOR;
            case NO_BASELINE, SCALE_SWITCHED -> Count.NO_BASELINE;
            case LEFT_TRUNCATED -> throw new IllegalArgumentException("a left-truncated course is in no count");
        };
    }

    private static List<Vote> contacts(Course course, int from, int until, Tally tally, Change change) {
        List<Integer> days = course.contacts();
        int end = Strand.countBefore(until, days, Integer::intValue);
        int first = Math.max(
                Strand.countBefore(from, days, Integer::intValue),
                Strand.countBefore(change.since(), days, Integer::intValue) - 1);
        List<Vote> votes = new ArrayList<>();
        for (int i = first; i < end && days.get(i) <= change.through(); i++) {
            votes.add(new Vote(days.get(i), i + 1 < end ? days.get(i + 1) : until, tally));
        }
        return votes;
    }

    private static List<Vote> scores(List<FollowUp> followUps, Change change) {
        int first = Math.max(0, Strand.countBefore(change.since(), followUps, FollowUp::day) - 1);
        List<Vote> votes = new ArrayList<>();
        for (int i = first; i < followUps.size() && followUps.get(i).day() <= change.through(); i++) {
            int until = i + 1 < followUps.size() ? followUps.get(i + 1).day() : Integer.MAX_VALUE;
            if (until > followUps.get(i).day()) {
                votes.add(new Vote(followUps.get(i).day(), until, tally(followUps.get(i))));
            }
        }
        return votes;
    }

    static Tally tally(FollowUp followUp) {
        Set<Count> counts = EnumSet.of(Count.MEASURED, classCount(followUp.status()));
        if (followUp.reliablyDeteriorated()) {
            counts.add(Count.RELIABLY_DETERIORATED);
        }
        if (followUp.remission()) {
            counts.add(Count.REMITTED);
        }
        if (followUp.relapsed()) {
            counts.add(Count.RELAPSED);
        }
        return Tally.one(counts);
    }

    private static Count classCount(CourseStatus status) {
        return switch (status) {
            case RESPONSE -> Count.RESPONDED;
            case PARTIAL -> Count.PARTIAL;
            case MINIMAL -> Count.MINIMAL;
            case WORSE -> Count.WORSE;
            default -> throw new IllegalArgumentException(status + " is not a class of follow-up");
        };
    }
}
