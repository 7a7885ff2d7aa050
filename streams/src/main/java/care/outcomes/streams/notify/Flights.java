package care.outcomes.streams.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are claimed and not yet arrived: which to try next and when. A channel that fails pauses as a whole, so
 * that a thousand messages do not knock at a closed door; what is new on suicidality tries once all the same. Has no
 * clock; not for several threads.
 */
public final class Flights {
    private final Retry retry;
    private final Map<String, Map<String, Flight>> byChannel = new TreeMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<String, Instant> closedUntil = new HashMap<>();

    /** None. */
    public Flights(Retry retry) {
        this.retry = retry;
    }

    /** What is known of a message on its way. */
    private record Flight(Message message, Instant since, int attempts, Instant next) {
        boolean urgent() {
            return message.suicidality() && attempts == 0;
        }
    }

    /** Adds a claimed message. */
    public void add(Message message, Instant claimedAt) {
        byChannel
                .computeIfAbsent(message.channel(), channel -> new LinkedHashMap<>())
                .put(message.id(), new Flight(message, claimedAt, 0, Instant.MIN));
    }

    /** Messages of a channel to be tried now, the more urgent first. */
    public List<Message> next(String channel, Instant now, int most) {
        boolean open = !closedUntil.getOrDefault(channel, Instant.MIN).isAfter(now);
        return flights(channel).stream()
                .filter(flight -> flight.urgent() || (open && !flight.next().isAfter(now)))
                .sorted(Comparator.comparing(Flight::urgent)
                        .reversed()
                        .thenComparing(flight -> !flight.message().suicidality())
                        .thenComparing(Flight::attempts))
                .limit(most)
                .map(Flight::message)
                .toList();
    }

    /** When there is something to try next; {@link Instant#MAX}: never. */
    public Instant nextAttempt() {
        Instant next = Instant.MAX;
        for (Map.Entry<String, Map<String, Flight>> channel : byChannel.entrySet()) {
            Instant open = closedUntil.getOrDefault(channel.getKey(), Instant.MIN);
            for (Flight flight : channel.getValue().values()) {
                Instant at = flight.urgent() || open.isBefore(flight.next()) ? flight.next() : open;
                next = at.isBefore(next) ? at : next;
            }
        }
        return next;
    }

    /** How many attempts a message had before this one. */
    public int attempts(Message message) {
        Flight flight = flight(message);
        return flight == null ? 0 : flight.attempts();
    }

    /** A message arrived. */
    public void arrived(Message message) {
        failures.remove(message.channel());
        closedUntil.remove(message.channel());
        remove(message);
    }

    /** A message is given up for what it is; that says nothing of its channel. */
    public void refused(Message message) {
        remove(message);
    }

    /**
     * An attempt failed, and another may not.
     *
     * @param jitter in [0, 1)
     * @return whether the message is to be given up; it is then gone from here
     */
    public boolean failed(Message message, Instant now, double jitter) {
        Flight flight = flight(message);
        if (flight == null) {
            return false;
        }
        int ofChannel = failures.merge(message.channel(), 1, Integer::sum);
        closedUntil.put(message.channel(), now.plus(retry.pause(ofChannel, jitter)));
        int attempts = flight.attempts() + 1;
        if (Duration.between(flight.since(), now).compareTo(retry.giveUpAfter()) >= 0) {
            remove(message);
            return true;
        }
        Instant next = now.plus(retry.pause(attempts, jitter));
        flightsOf(message).put(message.id(), new Flight(message, flight.since(), attempts, next));
        return false;
    }

    /** How many notices are in messages that failed at least once, by channel. */
    public Map<String, Long> retrying() {
        return count(flight -> flight.attempts() > 0);
    }

    /** How many notices are on their way, by channel. */
    public Map<String, Long> underway() {
        return count(flight -> true);
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return byChannel.values().stream().allMatch(Map::isEmpty);
    }

    /** Forgets all, for they will be taken up again from the delivery memory. */
    public void clear() {
        byChannel.clear();
    }

    private Map<String, Long> count(java.util.function.Predicate<Flight> which) {
        Map<String, Long> counts = new TreeMap<>();
        for (String channel : byChannel.keySet()) {
            long count = flights(channel).stream()
                    .filter(which)
                    .mapToLong(flight -> flight.message().notices().size())
                    .sum();
            if (count > 0) {
                counts.put(channel, count);
            }
        }
        return counts;
    }

    private List<Flight> flights(String channel) {
        return new ArrayList<>(byChannel.getOrDefault(channel, Map.of()).values());
    }

    private Map<String, Flight> flightsOf(Message message) {
        return byChannel.computeIfAbsent(message.channel(), channel -> new LinkedHashMap<>());
    }

    private @Nullable Flight flight(Message message) {
        return flightsOf(message).get(message.id());
    }

    private void remove(Message message) {
        flightsOf(message).remove(message.id());
    }
}
