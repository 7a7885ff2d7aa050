package care.outcomes.streams.rate.chart;

import static care.outcomes.streams.PatientFacts.DAY_0;
import static care.outcomes.streams.PatientFacts.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.RateRules;
import care.outcomes.streams.PatientFacts;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Stratum;
import care.outcomes.streams.rate.Stratum.Prior;
import care.outcomes.streams.rate.chart.ChartCases.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ChartCasesTest {

    private static final ChartCases CASES = new ChartCases(RateRules.load());
    private static final Group KETAMINE = new Group("C1", "KETAMINE_IV", "phq9");
    private static final String COURSE = KEY + "·KETAMINE_IV·1";

    private static SortedMap<Place, ChartCase> cases(PatientFacts facts) {
        return CASES.of(KEY, facts.upTo(500).outcomes());
    }

    private static ChartCase only(PatientFacts facts) {
        List<ChartCase> cases = cases(facts).entrySet().stream()
                .filter(entry -> entry.getKey().group().equals(KETAMINE))
                .map(entry -> entry.getValue())
                .toList();
        assertThat(cases).hasSize(1);
        return cases.get(0);
    }

    private static PatientFacts patient() {
        return new PatientFacts().priorTrials(-5, 4).score("phq9", 0, 20).dose("KETAMINE_IV", 0, 3);
    }

    /** P8W: days 42 to 70, both inclusive. */
    @Test
    void theLastScoreOfTheWindowGivesTheVoteAndThePlace() {
        ChartCase it = only(patient().score("phq9", 50, 8).score("phq9", 70, 12).score("phq9", 71, 3));
        assertThat(it.courseId()).isEqualTo(COURSE);
        assertThat(it.on()).isEqualTo(DAY_0 + 70);
        assertThat(it.maturesOn()).isEqualTo(DAY_0 + 71);
        assertThat(it.responded()).isFalse();
        assertThat(it.stratum())
                .isEqualTo(new Stratum("KETAMINE_IV", it.stratum().band(), Prior.FOUR_OR_MORE, true));
    }

    @Test
    void withoutAScoreInTheWindowACourseHasTimesButNoVote() {
        ChartCase it = only(patient().score("phq9", 10, 9));
        assertThat(it.responded()).isNull();
        assertThat(it.on()).isEqualTo(DAY_0 + 70);
        assertThat(it.times())
                .containsEntry(Endpoint.RESPONSE, new TimeTo(10, true))
                .containsEntry(Endpoint.REMISSION, new TimeTo(10, false))
                .doesNotContainKeys(Endpoint.LOSS, Endpoint.RELAPSE);
    }

    @Test
    void aTimeEndsWithTheLastScoreNotWithTheCourseOrToday() {
        assertThat(only(patient().score("phq9", 7, 15).score("phq9", 21, 14)).times())
                .containsEntry(Endpoint.RESPONSE, new TimeTo(21, false));
        assertThat(only(patient()).times()).isEmpty();
    }

    @Test
    void oneScoreAboveHalfWarnsAndTwoInARowAreALoss() {
        PatientFacts once = patient().score("phq9", 7, 10).score("phq9", 14, 11).score("phq9", 21, 10);
        assertThat(only(once).times()).containsEntry(Endpoint.LOSS, new TimeTo(14, false));
        PatientFacts twice = once.score("phq9", 28, 11).score("phq9", 35, 12).score("phq9", 42, 12);
        assertThat(only(twice).times()).containsEntry(Endpoint.LOSS, new TimeTo(28, true));
    }

    @Test
    void relapseIsTimedFromTheFirstResponse() {
        assertThat(only(patient().score("phq9", 7, 4).score("phq9", 14, 12).score("phq9", 21, 13))
                        .times())
                .containsEntry(Endpoint.RELAPSE, new TimeTo(7, true));
    }

    @Test
    void whoIsOutsideRatesOrDiesWithinTheWindowHasNoCase() {
        assertThat(cases(new PatientFacts().dose("KETAMINE_IV", 0).score("phq9", 50, 8)))
                .isEmpty();
        assertThat(cases(patient().score("phq9", 50, 8).death(60))).isEmpty();
        assertThat(cases(patient().score("phq9", 50, 8).death(71))).hasSize(2);
    }

    @Test
    void overAllTreatmentsThePatientHasOneCaseAMonthTheCourseBegunFirst() {
        SortedMap<Place, ChartCase> cases =
                cases(patient().dose("ESKETAMINE_IN", 10).score("phq9", 50, 8));
        assertThat(cases.keySet())
                .containsExactly(
                        new Place(KETAMINE.overTreatments(), DAY_0 + 70, COURSE),
                        new Place(new Group("C1", "ESKETAMINE_IN", "phq9"), DAY_0 + 80, KEY + "·ESKETAMINE_IN·1"),
                        new Place(KETAMINE, DAY_0 + 70, COURSE));
    }

    @Test
    void differencesLeadToWhatARecomputationGives() {
        Random random = new Random(5);
        SortedMap<Place, ChartCase> kept = new TreeMap<>();
        List<CourseOutcome> before = List.of();
        List<Consumer<PatientFacts>> history = new ArrayList<>();
        int seen = 0;
        for (int i = 1; i <= 300; i++) {
            int day = random.nextInt(200);
            int number = random.nextInt(28);
            switch (random.nextInt(12)) {
                case 0 -> history.add(facts -> facts.dose("KETAMINE_IV", day));
                case 1 -> history.add(facts -> facts.clinic("C" + number % 2).dose("ESKETAMINE_IN", day));
                case 2 -> history.add(facts -> facts.priorTrials(day, number % 6));
                case 3 ->
                    history.subList(0, random.nextInt(1 + Math.min(3, history.size())))
                            .clear();
                default -> history.add(facts -> facts.score("phq9", day, number));
            }
            PatientFacts facts = new PatientFacts();
            history.forEach(fact -> fact.accept(facts));
            List<CourseOutcome> after = facts.upTo(450).outcomes();
            CASES.difference(KEY, before, after).forEach((place, it) -> {
                if (it == null) {
                    kept.remove(place);
                } else {
                    kept.put(place, it);
                }
            });
            assertThat(kept).isEqualTo(CASES.of(KEY, after));
            before = after;
            seen += kept.size();
        }
        assertThat(seen).isGreaterThan(100);
    }
}
