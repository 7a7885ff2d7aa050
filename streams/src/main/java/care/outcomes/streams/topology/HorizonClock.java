package care.outcomes.streams.topology;

import care.outcomes.streams.timeline.Horizon;
import java.time.ZoneId;

/** The horizon of one task: goes on with the wall clock, never back, not even where the wall clock does. */
final class HorizonClock {

    /** How far it may run ahead of what is stored, milliseconds. */
    private static final long GRAIN = 1_000;

    private final HorizonMode mode;
    private final ZoneId zone;
    private long reached = Long.MIN_VALUE;

    HorizonClock(HorizonMode mode, ZoneId zone) {
        this.mode = mode;
        this.zone = zone;
    }

    /** Takes up where an earlier run was. */
    void restore(long stored) {
        reached = Math.max(reached, stored);
    }

    /** The horizon at a time of the wall clock, epoch milliseconds. */
    Horizon at(long now) {
        reached = Math.max(reached, now);
        return mode.at(reached, zone);
    }

    /** Whether it goes on. */
    boolean isLive() {
        return mode.isLive();
    }

    /** How far it has come, epoch milliseconds. */
    long reached() {
        return reached;
    }

    /** Whether it has moved on so far that it should be stored. */
    boolean isAheadOf(long stored) {
        return mode.isLive() && reached - stored >= GRAIN;
    }
}
