package care.outcomes.streams.measure;

import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.History;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.PatientEvent;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Stand;
import care.outcomes.streams.timeline.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A patient's quality measures, stepped through in time. Periods whose last window was over before the last day walked are
 * done with: no later day changes them, so they are kept as they are, and what only they needed is let go.
 */
public final class MeasureWalk implements Stand<MeasureWalk> {

    private final QualityMeasures measures;
    private final List<MeasureProgress> progress;
    private final List<Score> scores = new ArrayList<>();
    private final List<Visit> visits = new ArrayList<>();
    private final List<PatientEvent> events = new ArrayList<>();
    private OptionalInt diedOn = OptionalInt.empty();
    private int freezeAt;

    MeasureWalk(QualityMeasures measures) {
        this(measures, measures.begin());
        this.freezeAt = Integer.MIN_VALUE;
    }

    private MeasureWalk(QualityMeasures measures, List<MeasureProgress> progress) {
        this.measures = measures;
        this.progress = progress;
    }

    /** The same walk up to now, to be carried on by itself. */
    public MeasureWalk copy() {
        return with(progress.stream().map(MeasureProgress::copy).toList());
    }

    private MeasureWalk with(List<MeasureProgress> progress) {
        MeasureWalk copy = new MeasureWalk(measures, progress);
        copy.scores.addAll(scores);
        copy.visits.addAll(visits);
        copy.events.addAll(events);
        copy.diedOn = diedOn;
        copy.freezeAt = freezeAt;
        return copy;
    }

    @Override
    public boolean meets(MeasureWalk other) {
        for (int i = 0; i < progress.size(); i++) {
            if (!progress.get(i).meets(other.progress.get(i))) {
                return false;
            }
        }
        return freezeAt == other.freezeAt
                && diedOn.equals(other.diedOn)
                && scores.equals(other.scores)
                && visits.equals(other.visits)
                && events.equals(other.events);
    }

    @Override
    public MeasureWalk after(MeasureWalk was, MeasureWalk is) {
        List<MeasureProgress> after = new ArrayList<>();
        for (int i = 0; i < progress.size(); i++) {
            after.add(progress.get(i).after(was.progress.get(i), is.progress.get(i)));
        }
        return with(after);
    }

    /** Walks on over the days of a history, all of them later than those walked. */
    public void over(History history) {
        List<Fact> relevant = relevant(history);
        if (!relevant.isEmpty()) {
            progress.forEach(one -> one.over(relevant));
        }
        take(history, scores, visits, events);
        diedOn = earlier(history);
        int day = relevant.stream().mapToInt(Fact::day).max().orElse(Integer.MIN_VALUE);
        if (day >= freezeAt && day != Integer.MIN_VALUE) {
            freeze(day);
        }
    }

    /** What the patient counts as, with the facts of the last day, not yet walked, read up to a horizon. */
    public Measured read(History today, Horizon horizon) {
        List<Fact> relevant = relevant(today);
        return measures.read(relevant, () -> chart(today), progress, horizon);
    }

    private PatientChart chart(History today) {
        List<Score> allScores = new ArrayList<>(scores);
        List<Visit> allVisits = new ArrayList<>(visits);
        List<PatientEvent> allEvents = new ArrayList<>(events);
        take(today, allScores, allVisits, allEvents);
        return new PatientChart(allScores, allVisits, allEvents, earlier(today), measures.sets());
    }

    private void freeze(int day) {
        PatientChart chart = new PatientChart(scores, visits, events, diedOn, measures.sets());
        int needed = Integer.MAX_VALUE;
        freezeAt = Integer.MAX_VALUE;
        for (MeasureProgress one : progress) {
            one.freeze(chart, day);
            needed = Math.min(needed, one.neededFrom());
            freezeAt = Math.min(freezeAt, one.freezesAt());
        }
        int from = needed;
        visits.removeIf(visit -> visit.lastDay() < from);
        int first = visits.stream().mapToInt(Fact::day).min().orElse(from);
        int oldest = Math.min(from, first) - measures.daysBefore();
        scores.removeIf(score -> score.day() < oldest);
    }

    private void take(
            History history,
            List<? super Score> toScores,
            List<? super Visit> toVisits,
            List<? super PatientEvent> toEvents) {
        for (Score score : history.scores()) {
            if (measures.counts(score)) {
                toScores.add(score);
            }
        }
        for (Visit visit : history.visits()) {
            if (measures.counts(visit)) {
                toVisits.add(visit);
            }
        }
        for (PatientEvent event : history.events()) {
            if (measures.counts(event)) {
                toEvents.add(event);
            }
        }
    }

    private List<Fact> relevant(History history) {
        List<Fact> relevant = new ArrayList<>();
        take(history, relevant, relevant, relevant);
        return relevant;
    }

    private OptionalInt earlier(History history) {
        return diedOn.isPresent() ? diedOn : history.diedOn();
    }
}
