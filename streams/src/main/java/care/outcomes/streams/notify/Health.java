package care.outcomes.streams.notify;

import java.util.Map;

/**
 * What has become of notices, one alert and transition on one channel each.
 *
 * @param channels by channel
 * @param notTold why others were not told, since the start of this process
 * @param unreadable events that could not be read, since the start of this process
 */
public record Health(Map<String, OfChannel> channels, Map<Outbox.Disposition, Long> notTold, long unreadable) {

    /**
     * Notices of a channel.
     *
     * @param sent arrived, ever
     * @param deadLettered given up, ever
     * @param held waiting for their time
     * @param underway claimed, not yet arrived; those retrying among them
     * @param retrying failed at least once
     */
    public record OfChannel(long sent, long deadLettered, long held, long underway, long retrying) {}

    /** None. */
    public static final Health NONE = new Health(Map.of(), Map.of(), 0);

    /** How many were deliberately not told, repetitions aside. */
    public long suppressed() {
        return notTold.entrySet().stream()
                .filter(entry -> entry.getKey() != Outbox.Disposition.REPEATED)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** How many are waiting for another attempt. */
    public long retrying() {
        return channels.values().stream().mapToLong(OfChannel::retrying).sum();
    }

    /** How many are on their way. */
    public long underway() {
        return channels.values().stream().mapToLong(OfChannel::underway).sum();
    }
}
