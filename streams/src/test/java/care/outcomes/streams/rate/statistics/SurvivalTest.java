package care.outcomes.streams.rate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import care.outcomes.streams.rate.statistics.Survival.Ended;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SurvivalTest {

    /** Golden vector of domain.md §5.6. */
    @Test
    void estimateErrorAndMedian() {
        Survival survival = Survival.of(Map.of(
                7, new Ended(1, 0),
                14, new Ended(1, 1),
                21, new Ended(2, 0),
                28, new Ended(0, 1),
                35, new Ended(1, 0),
                42, new Ended(0, 1)));
        assertThat(survival.steps()).extracting(Survival.Step::day).containsExactly(7, 14, 21, 35);
        assertThat(survival.steps()).extracting(Survival.Step::atRisk).containsExactly(8, 7, 5, 2);
        double[] estimates = {.875, .75, .45, .225};
        double[] errors = {.116927, .153093, .188249, .184856};
        for (int i = 0; i < estimates.length; i++) {
            assertThat(survival.steps().get(i).survival()).isCloseTo(estimates[i], within(1e-6));
            assertThat(survival.steps().get(i).error()).isCloseTo(errors[i], within(1e-6));
        }
        assertThat(survival.median()).isEqualTo(21);
        assertThat(survival.at(6)).isEqualTo(1);
        assertThat(survival.at(34)).isCloseTo(.45, within(1e-6));
    }

    @Test
    void nobodySeenGivesNoStepAndNoMedian() {
        assertThat(Survival.of(Map.of()).steps()).isEmpty();
        assertThat(Survival.of(Map.of(5, new Ended(0, 3))).median()).isNull();
    }

    @Test
    void theLastEventOfAllEndsAtZeroWithoutAnImpossibleError() {
        Survival.Step last = Survival.of(Map.of(3, new Ended(2, 0))).steps().get(0);
        assertThat(last.survival()).isZero();
        assertThat(last.error()).isZero();
    }

    /** Without censoring the estimate is the plain share of those without the event, and its error the binomial one. */
    @Test
    void isThePlainShareWithoutCensoring() {
        Random random = new Random(11);
        List<Integer> days = new ArrayList<>();
        Map<Integer, Ended> ended = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            int day = random.nextInt(60);
            days.add(day);
            ended.merge(day, new Ended(1, 0), Ended::plus);
        }
        Survival survival = Survival.of(ended);
        for (Survival.Step step : survival.steps()) {
            double share = days.stream().filter(day -> day > step.day()).count() / 200.0;
            assertThat(step.survival()).isCloseTo(share, within(1e-9));
            assertThat(step.error()).isCloseTo(Math.sqrt(share * (1 - share) / 200), within(1e-9));
        }
    }
}
