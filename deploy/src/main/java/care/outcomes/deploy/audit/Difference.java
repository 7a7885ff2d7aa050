package care.outcomes.deploy.audit;

import org.jspecify.annotations.Nullable;

/**
 * One number that is not what it must be.
 *
 * @param row record key of the row: which group, and which day or month
 * @param field the count; {@code row} where the whole row is missing or should not be there
 * @param published as it stands on the topic
 * @param recomputed as it follows from the course rows
 */
public record Difference(
        String row,
        String field,
        @Nullable String published,
        @Nullable String recomputed) {}
