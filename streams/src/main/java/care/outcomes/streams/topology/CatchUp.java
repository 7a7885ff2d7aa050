package care.outcomes.streams.topology;

import java.util.Set;

/** How far the workers have come, as last measured: written by the measuring thread, read by all that compute. */
final class CatchUp {

    /** Up to so many records behind, the past is published as it changes; further behind, only now and then. */
    private static final long SMALL_LAG = 2_000;

    /** So many differences are on their way at most while totals keep pace. */
    private static final long FEW_DIFFERENCES = 1_000;

    private volatile Set<Integer> behind;
    private volatile long lag;
    private volatile long unadded;
    private volatile boolean allIn;
    private volatile boolean loading;
    private volatile long readUpTo = Long.MIN_VALUE;

    private CatchUp(Set<Integer> behind, long lag) {
        this.behind = behind;
        this.lag = lag;
    }

    /** Nothing is known yet: all that was there at the start is still to come. */
    static CatchUp begun(Set<Integer> partitions) {
        return new CatchUp(Set.copyOf(partitions), Long.MAX_VALUE);
    }

    /**
     * Takes a measurement.
     *
     * @param behind partitions with facts from before the start that were not yet seen
     * @param lag facts and differences not yet seen
     */
    void measured(Set<Integer> behind, long lag) {
        this.behind = Set.copyOf(behind);
        this.lag = lag;
        if (lag > 0) {
            allIn = false;
        }
    }

    /** Says how many differences are still to be added up. */
    void unadded(long differences) {
        unadded = differences;
    }

    /** Says that all facts are seen that were there at an instant of the wall clock, epoch milliseconds. */
    void readUpTo(long instant) {
        readUpTo = Math.max(readUpTo, instant);
    }

    /** Whether all facts are known to be seen that were there at an instant of the wall clock, epoch milliseconds. */
    boolean hasReadUpTo(long instant) {
        return instant <= readUpTo;
    }

    /** Says that every fact that is there is counted, until the next one comes. */
    void drained() {
        allIn = true;
    }

    /** Whether every fact that is there is known to be counted, so that what waits for the whole need wait no longer. */
    boolean allIsIn() {
        return allIn;
    }

    boolean caughtUp(int partition) {
        return !behind.contains(partition);
    }

    boolean allCaughtUp() {
        return behind.isEmpty();
    }

    boolean lagIsSmall() {
        return lag <= SMALL_LAG;
    }

    /** Says whether a load is open, which does not send all that it has at once. */
    void loading(boolean open) {
        loading = open;
    }

    /**
     * Whether what is published of the past now is likely to stand for a while. Where more differences come than can be added
     * up, they are sent less often: what comes together is added up together.
     */
    boolean littleIsToCome() {
        return lagIsSmall() && !loading && unadded <= FEW_DIFFERENCES;
    }
}
