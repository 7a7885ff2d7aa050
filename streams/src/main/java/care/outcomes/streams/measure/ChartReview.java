package care.outcomes.streams.measure;

import care.outcomes.schemas.ValueSets;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.PatientEvent;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Strand;
import care.outcomes.streams.timeline.Visit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What quality measures remember of a patient, so that the next reading costs what is new. It may be dropped at any time:
 * one that begins anew comes to the same.
 */
public final class ChartReview {

    private final QualityMeasures measures;
    private final ValueSets sets;
    private List<MeasureReview> reviews;
    private @Nullable PatientChart seen;
    private int day = Integer.MIN_VALUE;
    private Measured last = new Measured(List.of(), Integer.MAX_VALUE);

    ChartReview(QualityMeasures measures, ValueSets sets) {
        this.measures = measures;
        this.sets = sets;
        this.reviews = measures.begin();
    }

    /**
     * What the patient counts as in all measures.
     *
     * @param scores all scores up to the horizon, in order
     * @param visits all visits, in order
     * @param events what else happened, in order
     * @param diedOn day of death, epoch day
     */
    public Measured read(
            List<Score> scores, List<Visit> visits, List<PatientEvent> events, OptionalInt diedOn, Horizon horizon) {
        PatientChart before = seen;
        if (before == null || horizon.day() < day || !before.background().isOf(events, diedOn)) {
            reviews = measures.begin();
            last = new Measured(List.of(), Integer.MAX_VALUE);
            before = new PatientChart(List.of(), List.of(), 0, new Background(events, diedOn, sets), sets);
        }
        ChangedDays changed = ChangedDays.between(before.scores(), scores, measures::counts, Score::day, Score::day)
                .and(ChangedDays.between(
                        before.visits(), visits, measures::counts, measures::firstDay, Visit::lastDay));
        int longestStay = before.longestStay();
        for (Visit visit : visits.subList(Strand.countBefore(changed.from(), visits, Visit::day), visits.size())) {
            longestStay = Math.max(longestStay, visit.lastDay() - visit.day());
        }
        PatientChart chart = new PatientChart(scores, visits, longestStay, before.background(), sets);
        seen = chart;
        day = horizon.day();
        boolean other = false;
        for (MeasureReview review : reviews) {
            other |= review.read(chart, changed, day);
        }
        if (other) {
            last = sum();
        }
        return last;
    }

    private Measured sum() {
        List<Membership> all = new ArrayList<>(last.memberships().size() + reviews.size());
        int nextDay = Integer.MAX_VALUE;
        for (MeasureReview review : reviews) {
            all.addAll(review.memberships());
            nextDay = Math.min(nextDay, review.nextDay());
        }
        return new Measured(Collections.unmodifiableList(all), nextDay);
    }
}
