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
        Map<String, Split> byTreatment = new TreeMap<>();
        for (Dose dose : history.doses()) {
            treatments
                    .find(dose.treatment())
                    .ifPresent(treatment -> byTreatment
                            .computeIfAbsent(treatment.id(), id -> new Split(treatment))
                            .add(dose));
        }
        List<Series> all = new ArrayList<>();
        byTreatment.values().forEach(split -> {
            for (int i = 0; i < split.courses.size(); i++) {
                all.add(new Series(split.treatment, i + 1, List.copyOf(split.courses.get(i)), List.of()));
            }
        });
        return all.stream().map(series -> series.followedBy(all)).toList();
    }

    /** The doses of one treatment on their way into courses. */
    private static final class Split {
        private final Treatment treatment;
        private final List<List<Dose>> courses = new ArrayList<>();
        private @Nullable Dose previous;
        private @Nullable String named;

        Split(Treatment treatment) {
            this.treatment = treatment;
        }

        void add(Dose dose) {
            String series = dose.series();
            boolean afterGap = previous != null && dose.day() - previous.day() > treatment.gap();
            boolean another = series != null && named != null && !series.equals(named);
            if (previous == null || afterGap || another) {
                courses.add(new ArrayList<>());
                named = null;
            }
            courses.get(courses.size() - 1).add(dose);
            named = series == null ? named : series;
            previous = dose;
        }
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
        Integer planned = treatment.plannedDoses();
        for (Dose dose : doses) {
            planned = planned(planned, dose);
        }
        return planned;
    }

    /** Doses planned once a dose is known, from what was planned before it. */
    @Nullable
    Integer planned(@Nullable Integer before, Dose dose) {
        return treatment.doseCounted() && dose.plannedDoses() != null ? dose.plannedDoses() : before;
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
        for (int number = dosesUpTo(score.day()); number > 0; number--) {
            if (!before(score, doses.get(number - 1))) {
                return number;
            }
        }
        return 0;
    }

    /** How many doses were given up to the end of a day. */
    private int dosesUpTo(int day) {
        int low = 0;
        int high = doses.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (doses.get(middle).day() <= day) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
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
