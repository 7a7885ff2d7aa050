package care.outcomes.streams.topology;

/**
 * How far a worker has come.
 *
 * @param lag records not yet computed, 0 or more
 * @param state what it is doing, for people
 */
public record Progress(long lag, String state) {}
