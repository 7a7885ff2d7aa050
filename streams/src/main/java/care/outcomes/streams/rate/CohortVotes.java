package care.outcomes.streams.rate;

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
        for (String instrument : union(old, now)) {
            List<CohortMember> was = old.getOrDefault(instrument, List.of());
            List<CohortMember> is = now.getOrDefault(instrument, List.of());
            if (!was.equals(is)) {
                add(instrument, was, is, cells);
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

    private static void add(String instrument, List<CohortMember> was, List<CohortMember> is, CohortCells cells) {
        Map<Place, List<CohortMember>> old = byPlace(was);
        Map<Place, List<CohortMember>> now = byPlace(is);
        for (Place place : union(old, now)) {
            List<CohortMember> before = old.getOrDefault(place, List.of());
            List<CohortMember> after = now.getOrDefault(place, List.of());
            boolean leaf = !place.treatment.equals(Group.ALL);
            if (!before.equals(after) && (leaf || severalTreatments(before) || severalTreatments(after))) {
                Group group = new Group(place.clinicId, place.treatment, instrument);
                for (String horizon : horizons(before, after)) {
                    if (countAlike(before, after, horizon)) {
                        continue;
                    }
                    CohortCell change = leaf
                            ? cell(after, horizon).minus(cell(before, horizon))
                            : correction(after, horizon).minus(correction(before, horizon));
                    cells.add(new Cohort(group, place.month, horizon), change);
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
        @Override
        public int compareTo(Place other) {
            int order = clinicId.compareTo(other.clinicId);
            order = order != 0 ? order : treatment.compareTo(other.treatment);
            return order != 0 ? order : month.compareTo(other.month);
        }
    }

    private static Map<Place, List<CohortMember>> byPlace(List<CohortMember> members) {
        Map<Place, List<CohortMember>> byPlace = new TreeMap<>();
        for (CohortMember member : members) {
            YearMonth month = Cohort.monthOf(member.openedOn());
            for (String clinic : List.of(member.clinicId(), Group.ALL)) {
                for (String treatment : List.of(member.treatment(), Group.ALL)) {
                    byPlace.computeIfAbsent(new Place(clinic, treatment, month), p -> new ArrayList<>())
                            .add(member);
                }
            }
        }
        return byPlace;
    }

    /** What a group over all treatments has beside the sum over treatments, which the totals task adds up. */
    private static CohortCell correction(List<CohortMember> members, String horizon) {
        Map<String, List<CohortMember>> byTreatment = new TreeMap<>();
        for (CohortMember member : members) {
            byTreatment
                    .computeIfAbsent(member.treatment(), t -> new ArrayList<>())
                    .add(member);
        }
        CohortCell correction = cell(members, horizon);
        for (List<CohortMember> ofTreatment : byTreatment.values()) {
            correction = correction.minus(cell(ofTreatment, horizon));
        }
        return correction;
    }

    /** The patient's steps in one cohort. */
    private static CohortCell cell(List<CohortMember> members, String horizon) {
        TreeSet<Integer> days = new TreeSet<>();
        for (CohortMember member : members) {
            days.addAll(member.daysOfChange(horizon));
        }
        CohortCell.Builder cell = new CohortCell.Builder();
        Stratum stratum = null;
        Tally tally = Tally.ZERO;
        for (int day : days) {
            CohortMember voter = voter(members, day, horizon);
            Stratum stratumNow = voter == null ? null : voter.stratumOn(day);
            Tally now = voter == null ? Tally.ZERO : voter.on(day, horizon);
            if (stratum != null) {
                cell.add(day, stratum, tally.times(-1));
            }
            if (stratumNow != null) {
                cell.add(day, stratumNow, now);
            }
            stratum = stratumNow;
            tally = now;
        }
        return cell.build();
    }

    private static @Nullable CohortMember voter(List<CohortMember> members, int day, String horizon) {
        for (CohortMember member : members) {
            if (member.standsOn(day) && member.points().containsKey(horizon)) {
                return member;
            }
        }
        return null;
    }

    private static Set<String> horizons(List<CohortMember> before, List<CohortMember> after) {
        TreeSet<String> horizons = new TreeSet<>();
        before.forEach(member -> horizons.addAll(member.points().keySet()));
        after.forEach(member -> horizons.addAll(member.points().keySet()));
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
