package care.outcomes.streams.notify;

import java.time.Duration;

/**
 * How often a message is tried again.
 *
 * @param first pause after the first failure; each next is twice as long
 * @param longest the longest pause
 * @param giveUpAfter how long after the first attempt a message is given up and dead-lettered
 */
public record Retry(Duration first, Duration longest, Duration giveUpAfter) {
    /** A second to a minute, for a day. */
    public static final Retry USUAL = new Retry(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofDays(1));

    private static final int MOST_DOUBLINGS = 20;

    /**
     * Pause before the next attempt.
     *
     * @param failures attempts that have failed so far, 1 or more
     * @param jitter in [0, 1): takes up to half of the pause away, so that senders do not come back all at once
     */
    public Duration pause(int failures, double jitter) {
        long doubled = first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        long pause = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(Math.round(pause * (1 - jitter / 2)));
    }
}
