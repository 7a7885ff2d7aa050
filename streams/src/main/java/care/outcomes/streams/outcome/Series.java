package care.outcomes.streams.outcome;

import care.outcomes.schemas.Treatment;
import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.record.Timing;
import care.outcomes.streams.timeline.Dose;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.History;
import care.outcomes.streams.timeline.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The doses of one course, and where its span is cut.
 *
 * @param treatment the treatment
 * @param ordinal number among the patient's courses of it, from 1
 * @param doses effective doses in order, at least one
 * @param successors first doses of the later courses of the treatment and of its switch group, in order: each closes this
 *     course, and the first cuts its span for good
 */
public record Series(Treatment treatment, int ordinal, List<Dose> doses, List<Dose> successors) {

    /** Splits the doses of a patient into courses, by treatment and ordinal (SEMANTICS §3). */
    public static List<Series> split(History history, Treatments treatments) {
        Map<String, List<List<Dose>>> byTreatment = new TreeMap<>();
        for (Dose dose : history.doses()) {
            Treatment treatment = treatments.find(dose.treatment()).orElse(null);
            if (treatment == null) {
                continue;
            }
            List<List<Dose>> courses = byTreatment.computeIfAbsent(dose.treatment(), t -> new ArrayList<>());
            if (courses.isEmpty() || opensNext(dose, courses.get(courses.size() - 1), treatment)) {
                courses.add(new ArrayList<>());
            }
            courses.get(courses.size() - 1).add(dose);
        }
        List<Series> all = new ArrayList<>();
        byTreatment.forEach((id, courses) -> {
            Treatment treatment = treatments.find(id).orElseThrow();
            for (int i = 0; i < courses.size(); i++) {
                all.add(new Series(treatment, i + 1, List.copyOf(courses.get(i)), List.of()));
            }
        });
        return all.stream().map(series -> series.followedBy(all)).toList();
    }

    private static boolean opensNext(Dose dose, List<Dose> course, Treatment treatment) {
        Dose previous = course.get(course.size() - 1);
        if (dose.day() - previous.day() > treatment.gap()) {
            return true;
        }
        String named = null;
        for (Dose earlier : course) {
            named = earlier.series() == null ? named : earlier.series();
        }
        return dose.series() != null && named != null && !dose.series().equals(named);
    }

    private Series followedBy(List<Series> all) {
        List<Dose> begins = all.stream()
                .filter(other -> endsSpanOf(other) && Fact.ORDER.compare(other.first(), first()) > 0)
                .map(Series::first)
                .sorted(Fact.ORDER)
                .toList();
        return new Series(treatment, ordinal, doses, begins);
    }

    private boolean endsSpanOf(Series other) {
        return other.treatment.id().equals(treatment.id())
                || (treatment.switchGroup() != null
                        && Objects.equals(treatment.switchGroup(), other.treatment.switchGroup()));
    }

    /** The dose that opens the course. */
    public Dose first() {
        return doses.get(0);
    }

    /** Doses planned, as known now; null where the treatment is not dose-counted. */
    public @Nullable Integer planned() {
        return planned(doses.size());
    }

    /** Doses planned, as known from the first {@code count} doses; null where the treatment is not dose-counted. */
    @Nullable
    Integer planned(int count) {
        if (!treatment.doseCounted()) {
            return null;
        }
        Integer planned = treatment.plannedDoses();
        for (Dose dose : doses.subList(0, count)) {
            planned = dose.plannedDoses() == null ? planned : dose.plannedDoses();
        }
        return planned;
    }

    /**
     * Whether a score comes before a dose: by day; on one day a mark decides, else the clock if both have a time, else
     * the score is before the dose.
     */
    static boolean before(Score score, Dose dose) {
        if (score.day() != dose.day()) {
            return score.day() < dose.day();
        }
        if (score.timing() == Timing.PRE) {
            return true;
        }
        if (score.timing() == Timing.POST) {
            return false;
        }
        return !score.stamp().timed()
                || !dose.stamp().timed()
                || score.stamp().at() <= dose.stamp().at();
    }

    /** Number of the last dose strictly before a score, from 1; 0: before all of them. */
    public int doseBefore(Score score) {
        for (int number = doses.size(); number > 0; number--) {
            if (!before(score, doses.get(number - 1))) {
                return number;
            }
        }
        return 0;
    }

    /** Whether the span of the course holds a score. */
    public boolean holds(Score score) {
        if (before(score, first()) || (!successors.isEmpty() && !before(score, successors.get(0)))) {
            return false;
        }
        int dose = doseBefore(score);
        return dose > 0 && score.day() - doses.get(dose - 1).day() <= treatment.followUp();
    }
}
