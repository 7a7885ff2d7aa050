package care.outcomes.deploy.bench;

import care.outcomes.deploy.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How long what is sent takes to arrive at one place. Instants are those of {@link System#nanoTime} of this JVM. */
final class Passage {
    private final String place;
    private final Map<String, Long> sent = new ConcurrentHashMap<>();
    private final Map<String, Arrivals> arrived = new ConcurrentHashMap<>();

    private static final class Arrivals extends ConcurrentLinkedQueue<Long> {
        private static final long serialVersionUID = 1;
    }

    /** A passage to a place, which is named in faults. */
    Passage(String place) {
        this.place = place;
    }

    /** Says that something is about to be sent. */
    void sent(String id, long nanos) {
        sent.put(id, nanos);
    }

    /** Says that something has arrived; what was not sent from here is none of its business. */
    void arrived(String id, long nanos) {
        if (sent.containsKey(id)) {
            arrived.computeIfAbsent(id, key -> new Arrivals()).add(nanos);
        }
    }

    /** How much is still on its way. */
    int underway() {
        return sent.size() - arrived.size();
    }

    /**
     * The times of all that was sent.
     *
     * @throws Failure unless each has arrived exactly once
     */
    Latencies once() {
        sent.keySet().forEach(id -> {
            int times = arrived.getOrDefault(id, new Arrivals()).size();
            if (times != 1) {
                throw new Failure(id + " arrived " + times + " times at " + place + ", not once");
            }
        });
        return first();
    }

    /**
     * The times of all that was sent, where it may arrive again.
     *
     * @throws Failure if any has not arrived
     */
    Latencies first() {
        if (underway() > 0) {
            throw new Failure(underway() + " of " + sent.size() + " did not arrive at " + place);
        }
        List<Duration> took = new ArrayList<>();
        sent.forEach((id, nanos) -> took.add(
                Duration.ofNanos(arrived.getOrDefault(id, new Arrivals()).element() - nanos)));
        return Latencies.of(took);
    }
}
