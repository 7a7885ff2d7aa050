package care.outcomes.streams.measure;

import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.History;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.PatientEvent;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Stand;
import care.outcomes.streams.timeline.Strand;
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
    private final Strand<Score> scores;
    private final Strand<Visit> visits;
    private final Strand<PatientEvent> events;
    private final OptionalInt diedOn;

    MeasureWalk(QualityMeasures measures) {
        this(measures, measures.begin(), Strand.empty(), Strand.empty(), Strand.empty(), OptionalInt.empty());
    }

    private MeasureWalk(
            QualityMeasures measures,
            List<MeasureProgress> progress,
            Strand<Score> scores,
            Strand<Visit> visits,
            Strand<PatientEvent> events,
            OptionalInt diedOn) {
        this.measures = measures;
        this.progress = progress;
        this.scores = scores;
        this.visits = visits;
        this.events = events;
        this.diedOn = diedOn;
    }

    @Override
    public boolean meets(MeasureWalk other) {
        for (int i = 0; i < progress.size(); i++) {
            if (!progress.get(i).meets(other.progress.get(i))) {
                return false;
            }
        }
        return diedOn.equals(other.diedOn)
                && scores.equals(other.scores)
                && visits.equals(other.visits)
                && events.equals(other.events);
    }

    @Override
    public MeasureWalk after(MeasureWalk was, MeasureWalk is) {
        List<MeasureProgress> after = new ArrayList<>(progress.size());
        for (int i = 0; i < progress.size(); i++) {
            after.add(progress.get(i).after(was.progress.get(i), is.progress.get(i)));
        }
        return new MeasureWalk(measures, after, scores, visits, events, diedOn);
    }

    /**
     * This walk having gone on over the days of a history, all of them later than those walked; the same where nothing in
     * it counts, as with doses.
     */
    public MeasureWalk over(History history) {
        List<Fact> relevant = relevant(history);
        if (relevant.isEmpty()) {
            return this;
        }
        List<MeasureProgress> further = new ArrayList<>(progress.size());
        int freezesAt = Integer.MAX_VALUE;
        for (MeasureProgress one : progress) {
            further.add(one.over(relevant));
            freezesAt = Math.min(freezesAt, one.freezesAt());
        }
        MeasureWalk walked = with(relevant, further, history);
        int day = relevant.get(0).day();
        for (Fact fact : relevant) {
            day = Math.max(day, fact.day());
        }
        return day >= freezesAt ? walked.frozen(day) : walked;
    }

    private MeasureWalk with(List<Fact> relevant, List<MeasureProgress> further, History history) {
        Strand<Score> allScores = scores;
        Strand<Visit> allVisits = visits;
        Strand<PatientEvent> allEvents = events;
        for (Fact fact : relevant) {
            if (fact instanceof Score score) {
                allScores = allScores.with(score);
            } else if (fact instanceof Visit visit) {
                allVisits = allVisits.with(visit);
            } else if (fact instanceof PatientEvent event) {
                allEvents = allEvents.with(event);
            }
        }
        OptionalInt died = diedOn.isPresent() ? diedOn : history.diedOn();
        return new MeasureWalk(measures, further, allScores, allVisits, allEvents, died);
    }

    /** What the patient counts as, with the facts of the last day, not yet walked, read up to a horizon. */
    public Measured read(History today, Horizon horizon) {
        List<Fact> relevant = relevant(today);
        return measures.read(relevant, () -> with(relevant, progress, today).chart(), progress, horizon);
    }

    private PatientChart chart() {
        return new PatientChart(scores, visits, events, diedOn, measures.sets());
    }

    /** Is done with what is over by a day, up to which all facts are known, and lets go what only that needed. */
    private MeasureWalk frozen(int day) {
        PatientChart chart = chart();
        List<MeasureProgress> frozen = new ArrayList<>(progress.size());
        int needed = Integer.MAX_VALUE;
        for (MeasureProgress one : progress) {
            MeasureProgress now = one.frozen(chart, day);
            frozen.add(now);
            needed = Math.min(needed, now.neededFrom());
        }
        List<Visit> keptVisits = new ArrayList<>();
        int first = needed;
        for (Visit visit : visits) {
            if (visit.lastDay() >= needed) {
                keptVisits.add(visit);
                first = Math.min(first, visit.day());
            }
        }
        List<Score> keptScores = new ArrayList<>();
        int oldest = first - measures.daysBefore();
        for (Score score : scores) {
            if (score.day() >= oldest) {
                keptScores.add(score);
            }
        }
        return new MeasureWalk(measures, frozen, fewer(scores, keptScores), fewer(visits, keptVisits), events, diedOn);
    }

    private static <E> Strand<E> fewer(Strand<E> all, List<E> kept) {
        return kept.size() == all.size() ? all : Strand.of(kept);
    }

    /** What may count in some measure. */
    private List<Fact> relevant(History history) {
        List<Fact> relevant = new ArrayList<>();
        for (Score score : history.scores()) {
            if (measures.counts(score)) {
                relevant.add(score);
            }
        }
        for (Visit visit : history.visits()) {
            if (measures.counts(visit)) {
                relevant.add(visit);
            }
        }
        for (PatientEvent event : history.events()) {
            if (measures.counts(event)) {
                relevant.add(event);
            }
        }
        return relevant;
    }
}
