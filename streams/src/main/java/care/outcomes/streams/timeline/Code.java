package care.outcomes.streams.timeline;

import org.jspecify.annotations.Nullable;

/**
 * A code of a terminology.
 *
 * @param system code system, a URI; null where the source names none
 * @param code the code
 */
public record Code(@Nullable String system, String code) {}
