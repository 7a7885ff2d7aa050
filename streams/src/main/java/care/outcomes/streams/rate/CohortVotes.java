package care.outcomes.streams.rate;

import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.CourseOutcome;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * From the course rows of one patient to the patient's steps in every cohort (SEMANTICS §4). In every group and month a
 * patient has one vote: that of the course begun first among those that are in the cohort on the day.
 */
public final class CohortVotes {

    private CohortVotes() {}

    /**
     * By how much the patient's steps change, in the groups that {@link Contributions#difference} writes too: under all
     * treatments only what their sum lacks, which is nothing unless courses of several treatments began in one month.
     *
     * @param before all course rows of the patient as they were
     * @param after all course rows of the patient as they are
     * @param primaryInstrument instrument under which a course counts before it is first scored
     */
    public static CohortCells difference(
            Collection<CourseOutcome> before, Collection<CourseOutcome> after, String primaryInstrument) {
        CohortCells cells = new CohortCells();
        if (areAlike(before, after)) {
            return cells;
        }
        Map<String, List<CohortMember>> old = CohortMember.byInstrument(before, primaryInstrument);
        Map<String, List<CohortMember>> now = CohortMember.byInstrument(after, primaryInstrument);
        Course only = CourseRows.only(before, after);
        for (String instrument : union(old, now)) {
            List<CohortMember> was = old.getOrDefault(instrument, List.of());
            List<CohortMember> is = now.getOrDefault(instrument, List.of());
            if (only != null) {
                add(instrument, placesOf(only), was, is, cells);
            } else {
                addByPlace(instrument, was, is, cells);
            }
        }
        return cells;
    }

    private static boolean areAlike(Collection<CourseOutcome> before, Collection<CourseOutcome> after) {
        if (before.size() != after.size()) {
            return false;
        }
        Iterator<CourseOutcome> now = after.iterator();
        for (CourseOutcome was : before) {
            if (!CohortMember.areAlike(was, now.next())) {
                return false;
            }
        }
        return true;
    }

    private static void addByPlace(
            String instrument, List<CohortMember> was, List<CohortMember> is, CohortCells cells) {
        Map<Place, List<CohortMember>> old = byPlace(was);
        Map<Place, List<CohortMember>> now = byPlace(is);
        for (Place place : union(old, now)) {
            List<CohortMember> before = old.getOrDefault(place, List.of());
            List<CohortMember> after = now.getOrDefault(place, List.of());
            if (place.isOfOneTreatment() || severalTreatments(before) || severalTreatments(after)) {
                add(instrument, List.of(place), before, after, cells);
            }
        }
    }

    /** Adds what changes in several places that have the same members. */
    private static void add(
            String instrument,
            List<Place> places,
            List<CohortMember> before,
            List<CohortMember> after,
            CohortCells cells) {
        for (String horizon : horizons(before, after)) {
            if (!countAlike(before, after, horizon)) {
                CohortCell.Builder change = new CohortCell.Builder();
                addSteps(places.get(0), after, horizon, 1, change);
                addSteps(places.get(0), before, horizon, -1, change);
                CohortCell cell = change.build();
                for (Place place : places) {
                    Group group = new Group(place.clinicId, place.treatment, instrument);
                    cells.add(new Cohort(group, place.month, horizon), cell);
                }
            }
        }
    }

    /** Most facts lie in the window of one horizon or none, so the cells of the others need not be drawn up. */
    private static boolean countAlike(List<CohortMember> before, List<CohortMember> after, String horizon) {
        if (before.size() != after.size()) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).countsAs(after.get(i), horizon)) {
                return false;
            }
        }
        return true;
    }

    /** Where a course counts, but for the instrument and the horizon. */
    private record Place(String clinicId, String treatment, YearMonth month) implements Comparable<Place> {

        boolean isOfOneTreatment() {
            return !treatment.equals(Group.ALL);
        }

        Place overTreatments() {
            return new Place(clinicId, Group.ALL, month);
        }

        @Override
        public int compareTo(Place other) {
            int order = clinicId.compareTo(other.clinicId);
            order = order != 0 ? order : treatment.compareTo(other.treatment);
            return order != 0 ? order : month.compareTo(other.month);
        }
    }

    /** Where a course counts by its treatment. */
    private static List<Place> placesOf(Course course) {
        YearMonth month = Cohort.monthOf(course.openedOn());
        return List.of(
                new Place(course.clinicId(), course.treatment(), month),
                new Place(Group.ALL, course.treatment(), month));
    }

    private static Map<Place, List<CohortMember>> byPlace(List<CohortMember> members) {
        Map<Place, List<CohortMember>> byPlace = new TreeMap<>();
        for (CohortMember member : members) {
            for (Place place : placesOf(member.course())) {
                for (Place also : List.of(place, place.overTreatments())) {
                    byPlace.computeIfAbsent(also, p -> new ArrayList<>()).add(member);
                }
            }
        }
        return byPlace;
    }

    /** Adds what a place has; over all treatments beside the sum over treatments, which the totals task adds up. */
    private static void addSteps(
            Place place, List<CohortMember> members, String horizon, int sign, CohortCell.Builder cell) {
        addSteps(members, horizon, sign, cell);
        if (!place.isOfOneTreatment()) {
            byTreatment(members).values().forEach(those -> addSteps(those, horizon, -sign, cell));
        }
    }

    private static Map<String, List<CohortMember>> byTreatment(List<CohortMember> members) {
        Map<String, List<CohortMember>> byTreatment = new TreeMap<>();
        for (CohortMember member : members) {
            byTreatment
                    .computeIfAbsent(member.treatment(), t -> new ArrayList<>())
                    .add(member);
        }
        return byTreatment;
    }

    /** Adds the patient's steps in one cohort. */
    private static void addSteps(List<CohortMember> members, String horizon, int sign, CohortCell.Builder cell) {
        TreeSet<Integer> days = new TreeSet<>();
        for (CohortMember member : members) {
            member.addDaysOfChange(horizon, days);
        }
        Stratum stratum = null;
        Tally tally = Tally.ZERO;
        for (int day : days) {
            CohortMember voter = voter(members, day, horizon);
            Stratum stratumNow = voter == null ? null : voter.stratumOn(day);
            Tally now = voter == null ? Tally.ZERO : voter.on(day, horizon).times(sign);
            if (stratum != null) {
                cell.add(day, stratum, tally.times(-1));
            }
            if (stratumNow != null) {
                cell.add(day, stratumNow, now);
            }
            stratum = stratumNow;
            tally = now;
        }
    }

    private static @Nullable CohortMember voter(List<CohortMember> members, int day, String horizon) {
        for (CohortMember member : members) {
            if (member.standsOn(day) && member.isAt(horizon)) {
                return member;
            }
        }
        return null;
    }

    private static Set<String> horizons(List<CohortMember> before, List<CohortMember> after) {
        TreeSet<String> horizons = new TreeSet<>();
        for (List<CohortMember> members : List.of(before, after)) {
            for (CohortMember member : members) {
                member.row().timePoints().forEach(point -> horizons.add(point.horizon()));
            }
        }
        return horizons;
    }

    private static boolean severalTreatments(List<CohortMember> members) {
        return members.stream().map(CohortMember::treatment).distinct().limit(2).count() > 1;
    }

    private static <K extends Comparable<K>> Set<K> union(Map<K, ?> one, Map<K, ?> other) {
        TreeSet<K> all = new TreeSet<>(one.keySet());
        all.addAll(other.keySet());
        return all;
    }
}
