package care.outcomes.streams.timeline;

import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.record.Administration;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.schemas.record.Timing;
import care.outcomes.streams.timeline.FactStanding.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a patient that count up to a horizon, in order: withdrawn facts left out, facts that say the same twice
 * taken once (SEMANTICS §1).
 *
 * @param doses effective doses
 * @param scores usable scores, one for each instrument, time and timing
 * @param assessments all scores as recorded, for what is read off the raw score
 * @param visits visits
 * @param diedOn day of death, epoch day
 */
public record History(
        List<Dose> doses, List<Score> scores, List<Score> assessments, List<Visit> visits, OptionalInt diedOn) {

    /** The history of a patient up to a horizon. */
    public static History of(Collection<Fact> facts, Horizon horizon, Treatments treatments) {
        return new Reading(treatments).read(facts, horizon);
    }

    /** What each fact counts as, whatever the horizon. A fact that was withdrawn stands as its withdrawal. */
    public static Map<Identity, Standing> standings(Collection<Fact> facts, Treatments treatments) {
        Reading reading = new Reading(treatments);
        reading.read(facts, null);
        return reading.standings;
    }

    private static final class Reading {
        private final Treatments treatments;
        private final Map<Identity, Standing> standings = new HashMap<>();
        private final Map<Object, Fact> first = new HashMap<>();

        Reading(Treatments treatments) {
            this.treatments = treatments;
        }

        History read(Collection<Fact> facts, @Nullable Horizon horizon) {
            List<Dose> doses = new ArrayList<>();
            List<Score> scores = new ArrayList<>();
            List<Score> assessments = new ArrayList<>();
            List<Visit> visits = new ArrayList<>();
            OptionalInt diedOn = OptionalInt.empty();
            List<Fact> byIdentity = new ArrayList<>(facts);
            byIdentity.sort((a, b) -> a.stamp().identity().compareTo(b.stamp().identity()));
            for (Fact fact : byIdentity) {
                Stamp stamp = fact.stamp();
                standings.put(stamp.identity(), Standing.LIVE);
                if (stamp.withdraws() || (horizon != null && !horizon.reaches(stamp))) {
                    continue;
                }
                if (fact instanceof Dose dose) {
                    if (effective(dose) && isFirst(dose)) {
                        doses.add(dose);
                    }
                } else if (fact instanceof Score score) {
                    assessments.add(score);
                    if (score.usable() && score.total() != null && isFirst(score)) {
                        scores.add(score);
                    }
                } else if (fact instanceof Visit visit) {
                    visits.add(visit);
                } else if (fact instanceof PatientEvent event && event.event() == PatientFactKind.DEATH) {
                    int day = stamp.day();
                    diedOn = OptionalInt.of(diedOn.isPresent() ? Math.min(diedOn.getAsInt(), day) : day);
                }
            }
            doses.sort(Fact.ORDER);
            scores.sort(Fact.ORDER);
            assessments.sort(Fact.ORDER);
            visits.sort(Fact.ORDER);
            return new History(doses, scores, assessments, visits, diedOn);
        }

        private boolean effective(Dose dose) {
            return dose.administration() == Administration.COMPLETED
                    || (dose.administration() == Administration.STOPPED_EARLY
                            && treatments
                                    .find(dose.treatment())
                                    .map(t -> t.stoppedEarlyCounts())
                                    .orElse(false));
        }

        /** Doses of one treatment at one instant are one; date-only doses with two ids are two. */
        private boolean isFirst(Dose dose) {
            if (!dose.stamp().timed()) {
                return true;
            }
            boolean isFirst = first.putIfAbsent(
                            new DoseSlot(dose.treatment(), dose.stamp().at()), dose)
                    == null;
            if (!isFirst) {
                standings.put(dose.stamp().identity(), Standing.DUPLICATE);
            }
            return isFirst;
        }

        /** The smallest id of one instrument, time and timing counts: of equals the others are duplicates. */
        private boolean isFirst(Score score) {
            Stamp stamp = score.stamp();
            ScoreSlot slot = new ScoreSlot(
                    score.instrument(), stamp.timed(), stamp.timed() ? stamp.at() : stamp.day(), score.timing());
            Fact kept = first.putIfAbsent(slot, score);
            if (kept instanceof Score other) {
                boolean equal = score.total() != null && score.total().equals(other.total());
                standings.put(stamp.identity(), equal ? Standing.DUPLICATE : Standing.SUPERSEDED);
            }
            return kept == null;
        }
    }

    private record DoseSlot(String treatment, long at) {}

    private record ScoreSlot(String instrument, boolean timed, long time, Timing timing) {}
}
