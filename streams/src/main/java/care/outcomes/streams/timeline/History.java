package care.outcomes.streams.timeline;

import care.outcomes.schemas.SourceTrust;
import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.record.Administration;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.schemas.record.Timing;
import care.outcomes.streams.timeline.FactStanding.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * @param events what else happened to the patient, in order: deaths, consent, transfers and the like
 * @param diedOn day of death, epoch day
 */
public record History(
        List<Dose> doses,
        List<Score> scores,
        List<Score> assessments,
        List<Visit> visits,
        List<PatientEvent> events,
        OptionalInt diedOn) {

    /** The history that facts tell, all of which count. */
    public static History of(Collection<Fact> facts, Treatments treatments, SourceTrust trust) {
        return new Reading(treatments, trust).read(facts, null);
    }

    /** The history of a patient up to a horizon. */
    public static History of(Collection<Fact> facts, Horizon horizon, Treatments treatments, SourceTrust trust) {
        return new Reading(treatments, trust).read(facts, horizon);
    }

    /** What each fact counts as, whatever the horizon. A fact that was withdrawn stands as its withdrawal. */
    public static Map<Identity, Standing> standings(Collection<Fact> facts, Treatments treatments, SourceTrust trust) {
        Reading reading = new Reading(treatments, trust);
        reading.read(facts, null);
        Map<Identity, Standing> standings = new HashMap<>();
        facts.forEach(fact -> standings.put(fact.stamp().identity(), reading.standing(fact)));
        return standings;
    }

    private static final class Reading {
        private final Treatments treatments;
        /** In the order they come in, which mostly is theirs already. */
        private final Map<DoseSlot, Dose> doses = new LinkedHashMap<>();

        private final Map<ScoreSlot, Score> scores = new LinkedHashMap<>();
        private final SourceTrust trust;
        private boolean conflict;

        Reading(Treatments treatments, SourceTrust trust) {
            this.treatments = treatments;
            this.trust = trust;
        }

        History read(Collection<Fact> facts, @Nullable Horizon horizon) {
            List<Dose> dateOnly = new ArrayList<>();
            List<Score> assessments = new ArrayList<>();
            List<Visit> visits = new ArrayList<>();
            List<PatientEvent> events = new ArrayList<>();
            OptionalInt diedOn = OptionalInt.empty();
            for (Fact fact : facts) {
                Stamp stamp = fact.stamp();
                if (stamp.withdraws() || (horizon != null && !horizon.reaches(stamp))) {
                    continue;
                }
                if (fact instanceof Dose dose) {
                    if (effective(dose) && stamp.timed()) {
                        doses.merge(new DoseSlot(dose), dose, Reading::smaller);
                    } else if (effective(dose)) {
                        dateOnly.add(dose);
                    }
                } else if (fact instanceof Score score) {
                    assessments.add(score);
                    if (counts(score)) {
                        scores.merge(new ScoreSlot(score), score, this::trusted);
                    }
                } else if (fact instanceof Visit visit) {
                    visits.add(visit);
                } else if (fact instanceof PatientEvent event) {
                    events.add(event);
                    if (event.event() == PatientFactKind.DEATH) {
                        int day = stamp.day();
                        diedOn = OptionalInt.of(diedOn.isPresent() ? Math.min(diedOn.getAsInt(), day) : day);
                    }
                }
            }
            if (conflict) {
                firstToTell(assessments);
            }
            dateOnly.addAll(doses.values());
            return new History(
                    ordered(dateOnly),
                    ordered(scores.values()),
                    ordered(assessments),
                    ordered(visits),
                    ordered(events),
                    diedOn);
        }

        /** Of scores of one instrument, time and timing that differ, the source more trusted decides, then the id. */
        private Score trusted(Score one, Score other) {
            conflict = true;
            int trusted = Integer.compare(
                    trust.of(one.stamp().identity().source()),
                    trust.of(other.stamp().identity().source()));
            return trusted == 0 ? smaller(one, other) : trusted > 0 ? one : other;
        }

        /** Of those that tell the total that was trusted the smallest id counts. */
        private void firstToTell(List<Score> assessments) {
            for (Score score : assessments) {
                if (counts(score)) {
                    scores.computeIfPresent(
                            new ScoreSlot(score),
                            (slot, trusted) ->
                                    Objects.equals(trusted.total(), score.total()) ? smaller(trusted, score) : trusted);
                }
            }
        }

        /** Of doses at one instant the smallest id counts. */
        private static <F extends Fact> F smaller(F one, F other) {
            return one.stamp().identity().compareTo(other.stamp().identity()) <= 0 ? one : other;
        }

        private static <F extends Fact> List<F> ordered(Collection<F> facts) {
            if (facts.isEmpty()) {
                return List.of();
            }
            List<F> ordered = new ArrayList<>(facts);
            ordered.sort(Fact.ORDER);
            return ordered;
        }

        private boolean effective(Dose dose) {
            return dose.administration() == Administration.COMPLETED
                    || (dose.administration() == Administration.STOPPED_EARLY
                            && treatments
                                    .find(dose.treatment())
                                    .map(t -> t.stoppedEarlyCounts())
                                    .orElse(false));
        }

        private static boolean counts(Score score) {
            return score.usable() && score.total() != null;
        }

        /** Says the same as the one that counts: a duplicate; contradicts it: superseded. */
        Standing standing(Fact fact) {
            if (fact.stamp().withdraws()) {
                return Standing.LIVE;
            }
            if (fact instanceof Dose dose && dose.stamp().timed() && effective(dose)) {
                return dose.equals(doses.get(new DoseSlot(dose))) ? Standing.LIVE : Standing.DUPLICATE;
            }
            if (fact instanceof Score score && counts(score)) {
                Score kept = scores.get(new ScoreSlot(score));
                if (kept != null && !kept.equals(score)) {
                    return Objects.equals(kept.total(), score.total()) ? Standing.DUPLICATE : Standing.SUPERSEDED;
                }
            }
            return Standing.LIVE;
        }
    }

    /** Doses of one treatment at one instant are one; date-only doses with two ids are two. */
    private record DoseSlot(String treatment, long at) {
        DoseSlot(Dose dose) {
            this(dose.treatment(), dose.stamp().at());
        }
    }

    private record ScoreSlot(String instrument, boolean timed, long time, Timing timing) {
        ScoreSlot(Score score) {
            this(
                    score.instrument(),
                    score.stamp().timed(),
                    score.stamp().timed() ? score.stamp().at() : score.stamp().day(),
                    score.timing());
        }
    }
}
