package care.outcomes.streams.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the outcomes of a clinic under one treatment lay below what its kinds of patients lead to expect, by the charts of
 * one instrument (domain.md §5).
 *
 * @param treatment the treatment
 * @param instrument the instrument
 * @param runs from the first point of the chart that calls for a look to the first that does not
 */
public record Drift(String treatment, String instrument, List<Run> runs) {

    public Drift {
        runs = List.copyOf(runs);
    }

    /**
     * One run.
     *
     * @param from day of the score that gave the first point, epoch day
     * @param sum CUSUM at that point; null without one
     * @param to day of the score that ended it, epoch day; null while it lasts
     */
    public record Run(
            int from, @Nullable Double sum, @Nullable Integer to) {}
}
