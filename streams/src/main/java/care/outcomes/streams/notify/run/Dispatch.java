package care.outcomes.streams.notify.run;

import care.outcomes.schemas.record.DeliveryStatus;
import care.outcomes.streams.notify.Flights;
import care.outcomes.streams.notify.Message;
import care.outcomes.streams.notify.Retry;
import care.outcomes.streams.notify.send.Outcome;
import care.outcomes.streams.notify.send.Sender;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends claimed messages, each channel's in a lane of its own, and says what became of them. */
final class Dispatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    private static final Duration LOOK_EVERY = Duration.ofMillis(10);
    private static final int MOST_AT_ONCE = 20;

    private final Flights flights;
    private final RandomGenerator jitter;
    private final Map<String, Lane> lanes = new TreeMap<>();
    private final Queue<Lane.Attempt> attempts = new ConcurrentLinkedQueue<>();

    Dispatch(Map<String, Sender> senders, Retry retry, RandomGenerator jitter) {
        this.flights = new Flights(retry);
        this.jitter = jitter;
        senders.forEach((channel, sender) -> lanes.put(channel, new Lane(channel, sender, attempts)));
    }

    /**
     * A message that is neither to be sent nor tried again.
     *
     * @param tried how many attempts it had
     * @param reason why it was given up, or a remark; empty: none
     */
    record Ended(Message message, DeliveryStatus status, int tried, String reason) {}

    /** Names of all channels. */
    Set<String> channels() {
        return lanes.keySet();
    }

    /** Takes a claimed message. */
    void add(Message message, Instant claimedAt) {
        flights.add(message, claimedAt);
    }

    /** Channels that are not sending: all their attempts have ended. */
    Set<String> idle() {
        Set<String> idle = new HashSet<>();
        lanes.forEach((channel, lane) -> {
            if (!lane.busy()) {
                idle.add(channel);
            }
        });
        return idle;
    }

    /** Sends what is to be tried now on some channels. */
    void send(Set<String> channels, Instant now) {
        lanes.forEach((channel, lane) -> {
            List<Message> next = channels.contains(channel) ? flights.next(channel, now, MOST_AT_ONCE) : List.of();
            if (!next.isEmpty()) {
                lane.send(next);
            }
        });
    }

    /** What has ended since last asked. */
    List<Ended> ended(Instant now) {
        List<Ended> ended = new ArrayList<>();
        for (Lane.Attempt attempt = attempts.poll(); attempt != null; attempt = attempts.poll()) {
            Message message = attempt.message();
            int tried = flights.attempts(message) + 1;
            if (attempt.outcome() instanceof Outcome.Arrived arrived) {
                flights.arrived(message);
                ended.add(new Ended(message, DeliveryStatus.SENT, tried, arrived.remark()));
                if (!arrived.remark().isEmpty()) {
                    LOG.warn("channel {}: sent, but {}", message.channel(), arrived.remark());
                }
            } else if (attempt.outcome() instanceof Outcome.Refused refused) {
                flights.refused(message);
                ended.add(new Ended(message, DeliveryStatus.DEAD_LETTERED, tried, refused.reason()));
                LOG.warn("channel {}: refused a message for good: {}", message.channel(), refused.reason());
            } else if (attempt.outcome() instanceof Outcome.Failed failed) {
                if (flights.failed(message, now, jitter.nextDouble())) {
                    ended.add(new Ended(message, DeliveryStatus.DEAD_LETTERED, tried, failed.reason()));
                    LOG.warn("channel {}: a message is given up: {}", message.channel(), failed.reason());
                } else {
                    LOG.info("channel {}: attempt {} failed: {}", message.channel(), tried, failed.reason());
                }
            }
        }
        return ended;
    }

    /** When there is something to try next; {@link Instant#MAX}: never. */
    Instant nextAttempt() {
        return flights.nextAttempt();
    }

    /** Whether something is being sent at this moment. */
    boolean busy() {
        return lanes.values().stream().anyMatch(Lane::busy);
    }

    /** Whether every message has ended. */
    boolean isEmpty() {
        return flights.isEmpty();
    }

    /** How many notices are on their way, by channel. */
    Map<String, Long> underway() {
        return flights.underway();
    }

    /** How many of them are in messages that failed at least once, by channel. */
    Map<String, Long> retrying() {
        return flights.retrying();
    }

    /** Forgets what has not ended, for it will be taken up again from the delivery memory. */
    void clear() {
        flights.clear();
    }

    /** Waits for what is being sent at this moment. */
    void await(Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        while (busy() && System.nanoTime() < until) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /** Lets what is being sent come to its end, and sends no more. */
    void finish(Duration patience) {
        lanes.values().forEach(lane -> lane.finish(patience));
    }

    @Override
    public void close() {
        lanes.values().forEach(Lane::close);
    }
}
