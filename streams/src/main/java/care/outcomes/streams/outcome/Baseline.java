package care.outcomes.streams.outcome;

/**
 * The score a course starts from.
 *
 * @param score total
 * @param day civil day, epoch day
 * @param factId the score
 * @param prorated total made up for missing answers
 */
public record Baseline(int score, int day, String factId, boolean prorated) {}
