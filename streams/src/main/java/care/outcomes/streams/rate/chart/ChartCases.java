package care.outcomes.streams.rate.chart;

import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.record.CourseStatus;
import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.outcome.TimePoint;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Stratum;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * From the course rows of one patient to the patient's cases in the charts of each clinic. A patient has one case in a
 * group for each month, the course begun first, as in cohort rates; the course is in the charts where it is evaluable and
 * the patient lived to the end of its window.
 *
 * <p>Times to an endpoint end with the last follow-up score of the course's span without it: who is not measured tells
 * nothing. The closing of a course does not end them, as it ends no vote, for a relapse is looked for after treatment.
 */
public final class ChartCases {
    private final String horizon;
    private final int longest;

    public ChartCases(RateRules rules) {
        this.horizon = rules.chart().horizon();
        this.longest = rules.chart().survivalDays();
    }

    /**
     * Place of a case.
     *
     * @param group group of one clinic
     * @param on see {@link ChartCase#on}
     * @param courseId see {@link ChartCase#courseId}
     */
    public record Place(Group group, int on, String courseId) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int order = group.compareTo(other.group);
            order = order != 0 ? order : Integer.compare(on, other.on);
            return order != 0 ? order : courseId.compareTo(other.courseId);
        }
    }

    /**
     * What is to be put at places, and, as null, taken from them.
     *
     * @param before all course rows of the patient as they were
     * @param after all course rows of the patient as they are
     */
    public SortedMap<Place, @Nullable ChartCase> difference(
            String patientKey, Collection<CourseOutcome> before, Collection<CourseOutcome> after) {
        SortedMap<Place, ChartCase> old = of(patientKey, before);
        SortedMap<Place, ChartCase> now = of(patientKey, after);
        SortedMap<Place, @Nullable ChartCase> difference = new TreeMap<>();
        old.keySet().forEach(place -> difference.put(place, null));
        now.forEach((place, it) -> {
            if (it.equals(old.get(place))) {
                difference.remove(place);
            } else {
                difference.put(place, it);
            }
        });
        return difference;
    }

    /** The cases of a patient. */
    public SortedMap<Place, ChartCase> of(String patientKey, Collection<CourseOutcome> outcomes) {
        List<CourseOutcome> begun = new ArrayList<>(outcomes);
        begun.removeIf(outcome -> outcome.course().leftTruncated());
        begun.sort(Comparator.comparing(CourseOutcome::course, Course.BEGUN));
        SortedMap<Place, ChartCase> cases = new TreeMap<>();
        Set<List<Object>> voted = new HashSet<>();
        for (CourseOutcome outcome : begun) {
            Course course = outcome.course();
            YearMonth month = YearMonth.from(LocalDate.ofEpochDay(course.openedOn()));
            for (String treatment : List.of(course.treatment(), Group.ALL)) {
                Group group = new Group(course.clinicId(), treatment, outcome.instrument());
                ChartCase it = voted.add(List.of(group, month)) ? of(patientKey, outcome) : null;
                if (it != null) {
                    cases.put(new Place(group, it.on(), it.courseId()), it);
                }
            }
        }
        return cases;
    }

    private @Nullable ChartCase of(String patientKey, CourseOutcome outcome) {
        Course course = outcome.course();
        Integer closesOn = null;
        FollowUp vote = null;
        for (TimePoint point : outcome.timePoints()) {
            if (point.horizon().equals(horizon)) {
                closesOn = point.closesOn();
                vote = point.followUp() < 0 ? null : outcome.followUps().get(point.followUp());
            }
        }
        Integer died = course.diedOn();
        if (!outcome.evaluable() || closesOn == null || (died != null && died <= closesOn)) {
            return null;
        }
        return new ChartCase(
                String.join("·", patientKey, course.treatment(), Integer.toString(course.ordinal())),
                vote == null ? closesOn : vote.day(),
                closesOn + 1,
                vote == null ? null : vote.status() == CourseStatus.RESPONSE,
                new Stratum(course.treatment(), outcome.band(), Stratum.Prior.of(course.priorTrials()), true),
                times(course, outcome.followUps()));
    }

    private Map<Endpoint, TimeTo> times(Course course, List<FollowUp> followUps) {
        Map<Endpoint, TimeTo> times = new EnumMap<>(Endpoint.class);
        put(times, Endpoint.RESPONSE, course.openedOn(), followUps, i -> responds(followUps.get(i)));
        put(
                times,
                Endpoint.REMISSION,
                course.openedOn(),
                followUps,
                i -> followUps.get(i).remission());
        TimeTo response = times.get(Endpoint.RESPONSE);
        if (response != null && response.event()) {
            int from = course.openedOn() + response.days();
            int first = 0;
            while (!responds(followUps.get(first))) {
                first++;
            }
            List<FollowUp> since = followUps.subList(first + 1, followUps.size());
            put(
                    times,
                    Endpoint.LOSS,
                    from,
                    since,
                    i -> i > 0 && !responds(since.get(i - 1)) && !responds(since.get(i)));
            put(times, Endpoint.RELAPSE, from, since, i -> since.get(i).relapsed());
        }
        return times;
    }

    private static boolean responds(FollowUp followUp) {
        return followUp.status() == CourseStatus.RESPONSE;
    }

    /** Looks no further than times are followed for, however long the course goes on. */
    private void put(
            Map<Endpoint, TimeTo> times, Endpoint endpoint, int from, List<FollowUp> seen, IntPredicate reached) {
        for (int i = 0; i < seen.size(); i++) {
            int days = seen.get(i).day() - from;
            boolean event = days <= longest && reached.test(i);
            times.put(endpoint, new TimeTo(Math.min(days, longest), event));
            if (event || days > longest) {
                return;
            }
        }
    }
}
