package care.outcomes.streams.topology;

import java.time.Duration;

/**
 * How long a task may look at patients for whom something is due before its thread turns to what comes in again. Where
 * nothing has come in to any task of the thread since the last turn, nobody waits, and turns are longer.
 */
final class Turns {

    /** How many times as long a turn is while nothing comes in. */
    private static final int AT_REST = 2;

    private final long turn;
    private final ThreadLocal<OfThread> ofThread = ThreadLocal.withInitial(OfThread::new);

    private static final class OfThread {
        private long came;
    }

    /** Turns of a length, for tasks that share their thread with others. */
    Turns(Duration turn) {
        this.turn = turn.toNanos();
    }

    /** Says that something came in. */
    void came() {
        ofThread.get().came++;
    }

    /** The turns of one task. */
    final class OfTask {
        private long seen;
        private long end;

        /** One begins. */
        void begin() {
            long came = ofThread.get().came;
            end = System.nanoTime() + (came == seen ? AT_REST * turn : turn);
            seen = came;
        }

        /** Whether the thread should turn to something else. */
        boolean isOver() {
            return System.nanoTime() - end > 0;
        }
    }
}
