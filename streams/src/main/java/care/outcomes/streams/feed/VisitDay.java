package care.outcomes.streams.feed;

import care.outcomes.schemas.record.Administration;
import care.outcomes.streams.timeline.Dose;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Visit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A day on which a patient was at a clinic, for a visit or a dose, and whether the patient was scored then or close to it.
 *
 * @param clinicId the clinic
 * @param day epoch day
 * @param scored whether a usable score lies close to it, wherever it was taken
 */
public record VisitDay(String clinicId, int day, boolean scored) {

    /**
     * The days of a patient up to a horizon, by day and clinic.
     *
     * @param facts live versions, in any order
     * @param within how many days before or after a score may lie
     */
    public static List<VisitDay> of(Collection<Fact> facts, Horizon horizon, int within) {
        NavigableSet<Integer> scores = new TreeSet<>();
        SortedMap<Integer, TreeSet<String>> clinics = new TreeMap<>();
        for (Fact fact : facts) {
            if (fact.stamp().withdraws() || !horizon.reaches(fact.stamp())) {
                continue;
            }
            if (fact instanceof Score score && score.usable() && score.total() != null) {
                scores.add(fact.day());
            } else if (fact instanceof Visit || (fact instanceof Dose dose && given(dose))) {
                clinics.computeIfAbsent(fact.day(), any -> new TreeSet<>())
                        .add(fact.stamp().clinicId());
            }
        }
        List<VisitDay> days = new ArrayList<>();
        clinics.forEach((day, at) -> {
            Integer next = scores.ceiling(day - within);
            boolean scored = next != null && next <= day + within;
            at.forEach(clinic -> days.add(new VisitDay(clinic, day, scored)));
        });
        return List.copyOf(days);
    }

    private static boolean given(Dose dose) {
        return dose.administration() == Administration.COMPLETED
                || dose.administration() == Administration.STOPPED_EARLY;
    }
}
