package care.outcomes.ingest;

import org.jspecify.annotations.Nullable;

/**
 * Why a source record could not be used.
 *
 * @param field name of the field in the source's own terms
 * @param reason code in UPPER_SNAKE, for example {@code TOTAL_OUT_OF_RANGE}
 * @param value the value if it is a number, code or date that cannot identify anyone, else its shape such as
 *     {@code text(12)}; null where there is none
 */
public record Rejection(
        String field, String reason, @Nullable String value) {}
