package care.outcomes.streams.timeline;

import org.jspecify.annotations.Nullable;

/**
 * An encounter; in courses it counts as contact.
 *
 * @param priorTrials adequate treatment trials that failed before, as told at the visit, 0 or more; null: not told
 */
public record Visit(Stamp stamp, @Nullable Integer priorTrials) implements Fact {}
