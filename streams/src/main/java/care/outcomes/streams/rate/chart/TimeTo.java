package care.outcomes.streams.rate.chart;

/**
 * How long a course was seen without an event.
 *
 * @param days since the start of the clock, 0 or more
 * @param event whether it ended with the event; else it was not seen any longer
 */
public record TimeTo(int days, boolean event) {}
