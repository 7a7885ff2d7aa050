package care.outcomes.ingest.publish;

import care.outcomes.ingest.Reading;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Publishes no faster than the workers compute. Facts wait in one line, whoever sends them: behind a load that pours in all
 * it has, an alert that a clinic's score must raise would come when the load is done.
 */
public final class Headway implements Consumer<Reading> {
    /** So many facts ahead of the workers keep them busy, and are done in a fraction of a second. */
    public static final long USUAL = 1_000;

    private static final int LOOK_AGAIN_MS = 10;

    private final Publisher publisher;
    private final WorkerLag workers;
    private final long most;
    private final LongConsumer waiting;
    private long room;

    /**
     * Between a publisher and the workers.
     *
     * @param most facts that may be ahead of the workers, 1 or more
     * @param waiting told now and then how many are, while they are too many
     */
    public Headway(Publisher publisher, WorkerLag workers, long most, LongConsumer waiting) {
        this.publisher = publisher;
        this.workers = workers;
        this.most = most;
        this.waiting = waiting;
    }

    /**
     * Publishes a reading as soon as there is room for it. Where no worker is at work there always is: nothing waits for
     * what nobody computes.
     *
     * @throws PublishException if an earlier or this record could not be sent, or Kafka does not tell how far the workers are
     */
    @Override
    public void accept(Reading reading) {
        if (room <= 0) {
            publisher.flush();
            room = awaitRoom();
        }
        publisher.publish(reading);
        room -= reading.facts().size();
    }

    private long awaitRoom() {
        long behind = workers.look().behind();
        while (behind >= most) {
            if (!workers.isAttended()) {
                return most;
            }
            waiting.accept(behind);
            pause();
            behind = workers.look().behind();
        }
        return most - behind;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishException("interrupted while waiting for the workers", e);
        }
    }
}
