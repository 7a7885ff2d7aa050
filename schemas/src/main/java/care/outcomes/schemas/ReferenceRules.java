package care.outcomes.schemas;

/**
 * How references are cut, as the catalogue file {@code rates.yaml} describes it.
 *
 * @param cohorts months of cohorts that a reference holds, 1 or more
 * @param least courses measured that it takes to compare with, 1 or more; of fewer the kind is collapsed
 */
public record ReferenceRules(int cohorts, int least) {}
