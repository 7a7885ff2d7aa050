package care.outcomes.deploy.audit;

import org.jspecify.annotations.Nullable;

/**
 * One number that is not what it must be.
 *
 * @param topic topic of the row
 * @param row record key of the row: which group, and which day or month
 * @param field the field; {@code row} where the whole row is missing or should not be there
 * @param published as it stands on the topic
 * @param recomputed as it follows from the rows it is made of
 */
public record Difference(
        String topic,
        String row,
        String field,
        @Nullable String published,
        @Nullable String recomputed) {}
