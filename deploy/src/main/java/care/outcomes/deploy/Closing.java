package care.outcomes.deploy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;

/**
 * What a command has started, closed in reverse order exactly once: at its normal end, on a fault, or on Ctrl-C. On
 * Ctrl-C the command's own thread finds its parts closed under it; it is held back when it gets here, so that it cannot
 * report that as a fault.
 */
final class Closing implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Thread hook;
    private boolean signalled;

    private Closing(Runnable onSignal) {
        hook = new Thread(() -> signalled(onSignal), "closing");
    }

    /**
     * Opens an empty one.
     *
     * @param onSignal called before anything is closed, when the process is told to end
     */
    static Closing open(Runnable onSignal) {
        Closing closing = new Closing(onSignal);
        Runtime.getRuntime().addShutdownHook(closing.hook);
        return closing;
    }

    /** Takes a part over as soon as it has started. */
    synchronized <T extends AutoCloseable> T add(T part) {
        if (signalled) {
            closeOne(part);
            throw new Failure("ended while starting");
        }
        parts.push(part);
        return part;
    }

    /** Closes one part before the others. */
    void end(AutoCloseable part) throws Exception {
        boolean held;
        synchronized (this) {
            held = signalled;
            if (!held && parts.remove(part)) {
                part.close();
            }
        }
        if (held) {
            waitForTheEnd();
        }
    }

    @Override
    public void close() {
        boolean held;
        synchronized (this) {
            held = signalled;
            if (!held) {
                closeAll();
            }
        }
        if (held) {
            waitForTheEnd();
        }
        forgetHook();
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already; the hook has nothing left to close.
        }
    }

    private synchronized void signalled(Runnable onSignal) {
        if (!parts.isEmpty()) {
            signalled = true;
            onSignal.run();
            closeAll();
        }
    }

    private void closeAll() {
        while (!parts.isEmpty()) {
            closeOne(parts.pop());
        }
    }

    private static void closeOne(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            // The others must be closed all the same, and the end comes anyhow.
            System.err.println("outcomes: while closing: " + e);
        }
    }

    private static void waitForTheEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
