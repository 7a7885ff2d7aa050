/**
 * Delivery of alerts: what is to be said to whom and when, as decisions without clock, Kafka or network. What says it is
 * beside it: {@code send} speaks HTTP and SMTP, {@code run} Kafka.
 */
@NullMarked
package care.outcomes.streams.notify;

import org.jspecify.annotations.NullMarked;
