package care.outcomes.streams.topology;

import java.time.Duration;

/**
 * How long tasks may do what can wait, such as to look at patients for whom something is due, before their thread turns to
 * what comes in again. The tasks of a thread take turns, one for each kind of such work in a round; after a round the thread is free for as long as the round took, however slow
 * the machine is. Where nothing has come in meanwhile nobody waits, and the next round may begin at once.
 */
final class Turns {

    private final long turn;
    private final ThreadLocal<OfThread> ofThread = ThreadLocal.withInitial(OfThread::new);

    private static final class OfThread {
        private long round = 1;
        private long took;
        private long freeUntil = System.nanoTime();
        private boolean came;
    }

    /**
     * Turns of tasks that share their thread with others.
     *
     * @param turn how long one is; zero: as long as it takes, and the next at once, for nothing else is waited for
     */
    Turns(Duration turn) {
        this.turn = turn.toNanos();
    }

    /** Says that something came in. */
    void came() {
        ofThread.get().came = true;
    }

    /** The turns of one task at one kind of work. */
    final class OfTask {
        private long round;
        private long begun;

        /** Whether the task may look now; if so, its turn begins. */
        boolean begin() {
            OfThread thread = ofThread.get();
            long now = System.nanoTime();
            if (round == thread.round) {
                if (turn > 0 && thread.came && now - thread.freeUntil < 0) {
                    return false;
                }
                thread.round++;
                thread.took = 0;
                thread.came = false;
            }
            round = thread.round;
            begun = now;
            return true;
        }

        /** Whether the turn has taken as long as it may. */
        boolean isOver() {
            return turn > 0 && System.nanoTime() - begun > turn;
        }

        /** It ends. */
        void end() {
            OfThread thread = ofThread.get();
            long now = System.nanoTime();
            thread.took += now - begun;
            thread.freeUntil = now + thread.took;
        }
    }
}
