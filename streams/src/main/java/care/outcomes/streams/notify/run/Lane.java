package care.outcomes.streams.notify.run;

import care.outcomes.streams.notify.Message;
import care.outcomes.streams.notify.send.Outcome;
import care.outcomes.streams.notify.send.Sender;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the messages of one channel, one after the other, so that a slow channel holds up no other. */
final class Lane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final Sender sender;
    private final Queue<Attempt> attempts;
    private final ExecutorService thread;
    private final AtomicBoolean busy = new AtomicBoolean();

    /** An attempt that has ended. */
    record Attempt(Message message, Outcome outcome) {}

    Lane(String channel, Sender sender, Queue<Attempt> attempts) {
        this.sender = sender;
        this.attempts = attempts;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "outcomes-notify-" + channel);
            made.setDaemon(true);
            return made;
        });
    }

    /** Whether it is sending. When it is not, all its attempts are in the queue. */
    boolean busy() {
        return busy.get();
    }

    /** Sends messages; after the first that fails, the rest are left for another time. */
    void send(List<Message> messages) {
        busy.set(true);
        thread.execute(() -> {
            try {
                for (Message message : messages) {
                    Outcome outcome = attempt(message);
                    attempts.add(new Attempt(message, outcome));
                    if (outcome instanceof Outcome.Failed) {
                        break;
                    }
                }
            } finally {
                busy.set(false);
            }
        });
    }

    /** Lets what is being sent come to its end. */
    void finish(Duration patience) {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private Outcome attempt(Message message) {
        try {
            return sender.send(message);
        } catch (RuntimeException e) {
            LOG.warn("sending failed by a fault of ours: {}", e.getClass().getSimpleName());
            LOG.debug("fault", e);
            return new Outcome.Failed("internal fault " + e.getClass().getSimpleName());
        }
    }
}
