/** What is computed. The packages beside {@code topology} are pure: no Kafka, no HTTP, no clock. */
@NullMarked
package care.outcomes.streams;

import org.jspecify.annotations.NullMarked;
