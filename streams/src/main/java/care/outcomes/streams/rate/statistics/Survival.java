package care.outcomes.streams.rate.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Kaplan–Meier estimate of the time to an event (Kaplan and Meier 1958), from counts by day. The counts of two groups
 * can be added, and give the estimate of both together. At ties events come before censorings.
 *
 * @param steps the days with an event, ascending
 */
public record Survival(List<Step> steps) {
    /**
     * What ended on one day after the start of the clock.
     *
     * @param events cases with the event
     * @param censored cases not seen any longer, without the event
     */
    public record Ended(int events, int censored) {
        public Ended plus(Ended other) {
            return new Ended(events + other.events, censored + other.censored);
        }
    }

    /**
     * The estimate after a day with an event.
     *
     * @param day days since the start of the clock
     * @param atRisk cases still seen that day, without the event before
     * @param events cases with the event that day
     * @param survival part without the event by the end of the day, 0 to 1
     * @param error standard error of that (Greenwood 1926); 0 where none is left
     */
    public record Step(int day, int atRisk, int events, double survival, double error) {}

    /**
     * The estimate.
     *
     * @param ended what ended by day since the start of the clock; whoever is counted ends on one day
     */
    public static Survival of(Map<Integer, Ended> ended) {
        SortedMap<Integer, Ended> days = new TreeMap<>(ended);
        int atRisk = days.values().stream()
                .mapToInt(day -> day.events + day.censored)
                .sum();
        List<Step> steps = new ArrayList<>();
        double survival = 1;
        double greenwood = 0;
        for (var entry : days.entrySet()) {
            Ended day = entry.getValue();
            if (day.events > 0) {
                survival *= 1 - (double) day.events / atRisk;
                greenwood += (double) day.events / ((double) atRisk * (atRisk - day.events));
                double error = survival > 0 ? survival * Math.sqrt(greenwood) : 0;
                steps.add(new Step(entry.getKey(), atRisk, day.events, survival, error));
            }
            atRisk -= day.events + day.censored;
        }
        return new Survival(List.copyOf(steps));
    }

    /** Part without the event by the end of a day, 0 to 1. */
    public double at(int day) {
        double survival = 1;
        for (Step step : steps) {
            if (step.day <= day) {
                survival = step.survival;
            }
        }
        return survival;
    }

    /** First day by which at least half have the event; null where that is not reached. */
    public @Nullable Integer median() {
        return steps.stream()
                .filter(step -> step.survival <= 0.5)
                .findFirst()
                .map(Step::day)
                .orElse(null);
    }
}
