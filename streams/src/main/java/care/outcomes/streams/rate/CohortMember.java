package care.outcomes.streams.rate;

import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.outcome.TimePoint;
import care.outcomes.streams.rate.Tally.Count;
import care.outcomes.streams.timeline.Strand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one course counts for in the cohorts of one instrument, from a day until another.
 *
 * <p>A course is in the cohorts of an instrument from the day on which it counts under it in PERIOD rates too: from its
 * opening where it has a baseline, else from its first follow-up score, however late that comes. Until it is scored at all
 * it is in the cohorts of the primary instrument.
 *
 * @param row the row of the course it is by
 * @param from first day in the cohorts, epoch day
 * @param until first day no longer in them; {@link Integer#MAX_VALUE}: for good
 * @param stratum its stratum while the patient consents
 * @param unmeasured what it votes where the window has no score
 * @param votes its follow-up scores, of which one votes at each horizon
 */
record CohortMember(CourseOutcome row, int from, int until, Stratum stratum, Tally unmeasured, List<FollowUp> votes) {

    /** The members of all courses of a patient by instrument, in the order in which the courses began. */
    static Map<String, List<CohortMember>> byInstrument(Collection<CourseOutcome> outcomes, String primaryInstrument) {
        Map<String, List<CohortMember>> members = new TreeMap<>();
        for (Collection<CourseOutcome> rows : CourseRows.byCourse(outcomes)) {
            CourseOutcome first = rows.iterator().next();
            int scoredFrom = CourseRows.scoredFrom(rows);
            if (scoredFrom > first.course().openedOn()) {
                put(members, primaryInstrument, unscored(first, scoredFrom));
            }
            rows.forEach(row -> put(members, row.instrument(), of(row)));
        }
        return members;
    }

    /** Whether two rows of a course say the same to cohorts, as they do on either side of most facts. */
    static boolean areAlike(CourseOutcome was, CourseOutcome is) {
        return was.scoredFrom() == is.scoredFrom()
                && was.exclusion() == is.exclusion()
                && was.band() == is.band()
                && was.instrument().equals(is.instrument())
                && areAlike(was.course(), is.course())
                && was.timePoints().equals(is.timePoints())
                && haveVotesAlike(was, is);
    }

    private static boolean areAlike(Course was, Course is) {
        return was.openedOn() == is.openedOn()
                && was.leftTruncated() == is.leftTruncated()
                && Objects.equals(was.openedAt(), is.openedAt())
                && was.firstDose().equals(is.firstDose())
                && was.treatment().equals(is.treatment())
                && was.clinicId().equals(is.clinicId())
                && Objects.equals(was.priorTrials(), is.priorTrials())
                && Objects.equals(was.diedOn(), is.diedOn())
                && was.consentSteps().equals(is.consentSteps());
    }

    private static boolean haveVotesAlike(CourseOutcome was, CourseOutcome is) {
        for (TimePoint point : is.timePoints()) {
            int vote = point.followUp();
            boolean there =
                    vote < was.followUps().size() && vote < is.followUps().size();
            if (vote >= 0
                    && !(there
                            && was.followUps().get(vote).equals(is.followUps().get(vote)))) {
                return false;
            }
        }
        return true;
    }

    private static void put(Map<String, List<CohortMember>> members, String instrument, CohortMember member) {
        members.computeIfAbsent(instrument, i -> new ArrayList<>(1)).add(member);
    }

    private static CohortMember unscored(CourseOutcome row, int until) {
        int from = row.course().openedOn();
        return of(row, Stratum.NOT_EVALUABLE, from, until, Tally.one(Count.NO_BASELINE), List.of());
    }

    private static CohortMember of(CourseOutcome row) {
        Tally unmeasured = Tally.one(CourseVotes.kind(row.exclusion()));
        List<FollowUp> votes = row.evaluable() ? row.followUps() : List.of();
        return of(row, row.band(), row.scoredFrom(), Integer.MAX_VALUE, unmeasured, votes);
    }

    private static CohortMember of(
            CourseOutcome row, int band, int from, int until, Tally unmeasured, List<FollowUp> votes) {
        Course course = row.course();
        Stratum stratum = new Stratum(course.treatment(), band, Stratum.Prior.of(course.priorTrials()), true);
        return new CohortMember(row, from, until, stratum, unmeasured, votes);
    }

    Course course() {
        return row.course();
    }

    String treatment() {
        return course().treatment();
    }

    /** Whether it counts as another at a horizon, whatever it does at others. */
    boolean countsAs(CohortMember other, String horizon) {
        return from == other.from
                && until == other.until
                && Objects.equals(course().diedOn(), other.course().diedOn())
                && votesAs(other, horizon)
                && course().consentSteps().equals(other.course().consentSteps())
                && stratum.equals(other.stratum);
    }

    private boolean votesAs(CohortMember other, String horizon) {
        TimePoint point = at(horizon);
        TimePoint otherPoint = other.at(horizon);
        if (point == null || otherPoint == null) {
            return point == null && otherPoint == null;
        }
        return Objects.equals(point.closesOn(), otherPoint.closesOn())
                && unmeasured.equals(other.unmeasured)
                && measured(point).equals(other.measured(otherPoint));
    }

    private @Nullable TimePoint at(String horizon) {
        for (TimePoint point : row.timePoints()) {
            if (point.horizon().equals(horizon)) {
                return point;
            }
        }
        return null;
    }

    /** What the score in its window adds to what it votes without one. */
    private Tally measured(TimePoint point) {
        int vote = point.followUp();
        return vote >= 0 && vote < votes.size() ? CourseVotes.tally(votes.get(vote)) : Tally.ZERO;
    }

    /** Whether it votes at a horizon, be it as pending. */
    boolean isAt(String horizon) {
        return at(horizon) != null;
    }

    boolean standsOn(int day) {
        return from <= day && day < until;
    }

    /** Its stratum on a day. */
    Stratum stratumOn(int day) {
        int steps = Strand.countBefore(day + 1, course().consentSteps(), Integer::intValue);
        return steps % 2 == 0 ? stratum : new Stratum(stratum.treatment(), stratum.band(), stratum.prior(), false);
    }

    /**
     * What it counts for on a day: pending until the day after its window, then for good. Who dies before the window
     * closes is counted apart from that day on, and in nothing else.
     */
    Tally on(int day, String horizon) {
        TimePoint point = at(horizon);
        if (point == null) {
            return Tally.ZERO;
        }
        Integer closesOn = point.closesOn();
        Integer diedOn = course().diedOn();
        if (diedOn != null && day >= diedOn && (closesOn == null || diedOn <= closesOn)) {
            return Tally.one(Count.DIED);
        }
        return closesOn != null && day > closesOn ? unmeasured.plus(measured(point)) : Tally.one(Count.PENDING);
    }

    /** Adds the days on which what it counts for may change at a horizon. */
    void addDaysOfChange(String horizon, Set<Integer> days) {
        TimePoint point = at(horizon);
        if (point == null) {
            return;
        }
        days.addAll(course().consentSteps());
        days.add(from);
        if (until < Integer.MAX_VALUE) {
            days.add(until);
        }
        Integer diedOn = course().diedOn();
        if (diedOn != null) {
            days.add(diedOn);
        }
        if (point.closesOn() != null) {
            days.add(point.closesOn() + 1);
        }
    }
}
