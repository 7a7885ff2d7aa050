package care.outcomes.schemas;

/**
 * How charts are drawn, as the catalogue file {@code rates.yaml} describes it.
 *
 * @param horizon cohort horizon that the votes are taken at
 * @param last so many courses of a group are in its charts, 1 or more
 * @param survivalDays days that times to an outcome are followed for, 1 or more
 * @param weight λ of the moving average, more than 0, at most 1
 * @param width limits of the moving average, in standard deviations, more than 0
 * @param oddsRatio change of the odds of response that the CUSUM looks for, more than 0, not 1; below 1: a fall
 * @param threshold CUSUM from which on a look is called for, more than 0
 */
public record ChartRules(
        String horizon, int last, int survivalDays, double weight, double width, double oddsRatio, double threshold) {}
