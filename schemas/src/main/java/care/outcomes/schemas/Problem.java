package care.outcomes.schemas;

import org.jspecify.annotations.Nullable;

/**
 * Why a fact cannot be used.
 *
 * @param field name of the field at fault
 * @param reason reason code, for example {@code TOTAL_OUT_OF_RANGE}
 * @param value what the field holds, only where that cannot identify anybody: a number or a code
 */
public record Problem(String field, String reason, @Nullable String value) {}
