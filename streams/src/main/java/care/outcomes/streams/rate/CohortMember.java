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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one course counts for in the cohorts of one instrument, from a day until another. Holds nothing that does not
 * count, so that equal members count alike.
 *
 * <p>A course is in the cohorts of an instrument from the day on which it counts under it in PERIOD rates too: from its
 * opening where it has a baseline, else from its first follow-up score, however late that comes. Until it is scored at all
 * it is in the cohorts of the primary instrument.
 *
 * @param clinicId clinic of record
 * @param openedOn day of the first dose, epoch day
 * @param from first day in the cohorts, epoch day
 * @param until first day no longer in them; {@link Integer#MAX_VALUE}: for good
 * @param stratum its stratum while the patient consents
 * @param consentSteps days on which consent ends, begins again, and so on
 * @param diedOn day of death, epoch day
 * @param points what it votes, by horizon
 */
record CohortMember(
        String clinicId,
        int openedOn,
        int from,
        int until,
        Stratum stratum,
        List<Integer> consentSteps,
        @Nullable Integer diedOn,
        Map<String, Point> points) {

    /**
     * What it votes at a horizon.
     *
     * @param closesOn last day of the window, epoch day; null while it cannot be known
     * @param matured what it counts for from the day after
     */
    record Point(@Nullable Integer closesOn, Tally matured) {}

    /** The members of all courses of a patient by instrument, in the order in which the courses began. */
    static Map<String, List<CohortMember>> byInstrument(Collection<CourseOutcome> outcomes, String primaryInstrument) {
        Map<Course, List<CourseOutcome>> byCourse = new TreeMap<>(Course.BEGUN.thenComparing(Course::treatment));
        for (CourseOutcome outcome : outcomes) {
            if (!outcome.course().leftTruncated()) {
                byCourse.computeIfAbsent(outcome.course(), c -> new ArrayList<>())
                        .add(outcome);
            }
        }
        Map<String, List<CohortMember>> members = new TreeMap<>();
        byCourse.values().forEach(rows -> {
            int openedOn = rows.get(0).course().openedOn();
            int scoredFrom = CourseVotes.scoredFrom(rows);
            if (scoredFrom > openedOn) {
                put(members, primaryInstrument, unscored(rows.get(0), scoredFrom));
            }
            rows.forEach(row -> put(members, row.instrument(), of(row)));
        });
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
        members.computeIfAbsent(instrument, i -> new ArrayList<>()).add(member);
    }

    private static CohortMember unscored(CourseOutcome row, int until) {
        Course course = row.course();
        return of(row, Stratum.NOT_EVALUABLE, course.openedOn(), until, Tally.one(Count.NO_BASELINE), List.of());
    }

    private static CohortMember of(CourseOutcome row) {
        Tally unmeasured = Tally.one(CourseVotes.kind(row.exclusion()));
        List<FollowUp> votes = row.evaluable() ? row.followUps() : List.of();
        return of(row, row.band(), row.scoredFrom(), Integer.MAX_VALUE, unmeasured, votes);
    }

    private static CohortMember of(
            CourseOutcome row, int band, int from, int until, Tally unmeasured, List<FollowUp> votes) {
        Course course = row.course();
        Map<String, Point> points = new TreeMap<>();
        for (TimePoint at : row.timePoints()) {
            boolean measured = at.followUp() >= 0 && at.followUp() < votes.size();
            Tally matured = measured ? unmeasured.plus(CourseVotes.tally(votes.get(at.followUp()))) : unmeasured;
            points.put(at.horizon(), new Point(at.closesOn(), matured));
        }
        return new CohortMember(
                course.clinicId(),
                course.openedOn(),
                from,
                until,
                new Stratum(course.treatment(), band, Stratum.Prior.of(course.priorTrials()), true),
                course.consentSteps(),
                course.diedOn(),
                points);
    }

    String treatment() {
        return stratum.treatment();
    }

    /** Whether it counts as another at a horizon, whatever it does at others. */
    boolean countsAs(CohortMember other, String horizon) {
        return from == other.from
                && until == other.until
                && Objects.equals(diedOn, other.diedOn)
                && Objects.equals(points.get(horizon), other.points.get(horizon))
                && consentSteps.equals(other.consentSteps)
                && stratum.equals(other.stratum);
    }

    boolean standsOn(int day) {
        return from <= day && day < until;
    }

    /** Its stratum on a day. */
    Stratum stratumOn(int day) {
        int steps = Strand.countBefore(day + 1, consentSteps, Integer::intValue);
        return steps % 2 == 0 ? stratum : new Stratum(stratum.treatment(), stratum.band(), stratum.prior(), false);
    }

    /**
     * What it counts for on a day: pending until the day after its window, then for good. Who dies before the window
     * closes is counted apart from that day on, and in nothing else.
     */
    Tally on(int day, String horizon) {
        Point point = points.get(horizon);
        if (point == null) {
            return Tally.ZERO;
        }
        Integer closesOn = point.closesOn();
        if (diedOn != null && day >= diedOn && (closesOn == null || diedOn <= closesOn)) {
            return Tally.one(Count.DIED);
        }
        return closesOn != null && day > closesOn ? point.matured() : Tally.one(Count.PENDING);
    }

    /** Days on which what it counts for may change at a horizon. */
    List<Integer> daysOfChange(String horizon) {
        Point point = points.get(horizon);
        if (point == null) {
            return List.of();
        }
        List<Integer> days = new ArrayList<>(consentSteps);
        days.add(from);
        if (until < Integer.MAX_VALUE) {
            days.add(until);
        }
        if (diedOn != null) {
            days.add(diedOn);
        }
        if (point.closesOn() != null) {
            days.add(point.closesOn() + 1);
        }
        return days;
    }
}
