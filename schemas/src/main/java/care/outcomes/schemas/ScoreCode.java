package care.outcomes.schemas;

/**
 * What a code of an assessment stands for.
 *
 * @param instrument instrument id of the catalogue
 * @param itemPosition position of the item, from 1; 0: the total
 */
public record ScoreCode(String instrument, int itemPosition) {}
