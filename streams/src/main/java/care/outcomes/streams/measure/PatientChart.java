package care.outcomes.streams.measure;

import care.outcomes.schemas.Measure;
import care.outcomes.schemas.ValueSets;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.streams.timeline.Code;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Strand;
import care.outcomes.streams.timeline.Visit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a patient as measures ask about it: between days, so that an answer costs what lies between them.
 *
 * @param scores all scores, in order
 * @param visits all visits, in order
 * @param longestStay most days from the first to the last of a visit, or more
 * @param background what else is known
 */
record PatientChart(List<Score> scores, List<Visit> visits, int longestStay, Background background, ValueSets sets) {

    /** Statuses of scores that count; a preliminary one does not. */
    private static final Set<FactStatus> FINAL =
            Collections.unmodifiableSet(EnumSet.of(FactStatus.FINAL, FactStatus.AMENDED, FactStatus.CORRECTED));

    /** Whether a score may count. Stewards refuse totals made up for missing answers. */
    static boolean counts(Score score) {
        return !score.prorated() && FINAL.contains(score.stamp().status());
    }

    /** The first score from one day to another that is high enough for an index; null: none. */
    @Nullable
    Score firstHigh(Measure.Index index, int from, int to) {
        return first(
                scores,
                from,
                to,
                score -> is(score, index.instruments()) && IndexWindowMeasure.total(score) >= index.atLeast());
    }

    /** The first score of the instruments from one day to another; null: none. */
    @Nullable
    Score first(Set<String> instruments, int from, int to) {
        return first(scores, from, to, score -> is(score, instruments));
    }

    /** The first encounter of these kinds that begins from one day to another; null: none. */
    @Nullable
    Visit firstEncounter(Set<String> types, int from, int to) {
        return first(visits, from, to, visit -> isOf(visit.type(), types));
    }

    private static <F extends Fact> @Nullable F first(List<F> ordered, int from, int to, Predicate<F> that) {
        for (int i = Strand.countBefore(from, ordered, Fact::day); i < ordered.size(); i++) {
            F fact = ordered.get(i);
            if (fact.day() > to) {
                return null;
            }
            if (that.test(fact)) {
                return fact;
            }
        }
        return null;
    }

    /** The last score of the instruments from one day to another; null: none. */
    @Nullable
    Score last(Set<String> instruments, int from, int to) {
        for (int i = Strand.countBefore(to + 1, scores, Fact::day) - 1; i >= 0; i--) {
            Score score = scores.get(i);
            if (score.day() < from) {
                return null;
            }
            if (is(score, instruments)) {
                return score;
            }
        }
        return null;
    }

    private static boolean is(Score score, Set<String> instruments) {
        return instruments.contains(score.instrument()) && counts(score);
    }

    /** Encounters of these kinds that end from one day to another, in order of their beginning. */
    List<Visit> encountersEnding(Set<String> types, int from, int to) {
        List<Visit> ending = new ArrayList<>();
        for (int i = Strand.countBefore(from - longestStay, visits, Fact::day); i < visits.size(); i++) {
            Visit visit = visits.get(i);
            if (visit.day() > to) {
                break;
            }
            if (visit.lastDay() >= from && visit.lastDay() <= to && isOf(visit.type(), types)) {
                ending.add(visit);
            }
        }
        return ending;
    }

    private boolean isOf(@Nullable Code type, Set<String> types) {
        return type != null && !Collections.disjoint(sets.of(type.system(), type.code()), types);
    }
}
