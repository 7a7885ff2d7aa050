package care.outcomes.streams.feed;

/**
 * What feed quality is told for: what one clinic recorded on one civil day.
 *
 * @param networkId the network
 * @param clinicId the clinic
 * @param day civil day of the facts, epoch day; of a record without a readable day: the day it was received
 */
public record FeedDay(String networkId, String clinicId, int day) {}
