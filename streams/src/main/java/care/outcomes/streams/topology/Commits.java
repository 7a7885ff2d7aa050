package care.outcomes.streams.topology;

/**
 * Commits that the tasks of a worker ask for. One covers all tasks of a thread, so whichever of them comes next asks for
 * what any of them wants.
 */
final class Commits {

    /** Least time between two commits asked for, milliseconds: each costs the thread some. */
    private static final long APART = 50;

    private final ThreadLocal<OfThread> ofThread = ThreadLocal.withInitial(OfThread::new);

    private static final class OfThread {
        private boolean wanted;
        private long asked;
    }

    /** Says that what was just sent shall not wait for the next commit. */
    void want() {
        ofThread.get().wanted = true;
    }

    /**
     * Whether the task that is at work has to ask for a commit now. It counts as asked for.
     *
     * @param now wall clock, epoch milliseconds
     */
    boolean due(long now) {
        OfThread here = ofThread.get();
        if (!here.wanted || now - here.asked < APART) {
            return false;
        }
        here.wanted = false;
        here.asked = now;
        return true;
    }
}
