package care.outcomes.streams.topology;

import java.util.function.LongSupplier;

/**
 * Keeps what can wait to so many rows a second: after a round it rests for as long as its rows may take. So a few rows go out
 * at once, and many gather and are published once instead of again and again.
 */
final class Pace {

    /** No limit. */
    static final int UNLIMITED = Integer.MAX_VALUE;

    private final int rowsPerSecond;
    private long restsUntil = Long.MIN_VALUE;

    Pace(int rowsPerSecond) {
        this.rowsPerSecond = rowsPerSecond;
    }

    /**
     * Goes one round, unless it rests.
     *
     * @param now wall clock, epoch milliseconds
     * @param round publishes, and tells how many rows
     */
    void go(long now, LongSupplier round) {
        if (now >= restsUntil) {
            restsUntil = now + round.getAsLong() * 1_000 / rowsPerSecond;
        }
    }
}
