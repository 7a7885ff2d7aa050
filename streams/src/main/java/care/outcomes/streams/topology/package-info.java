/** The only package that knows Kafka Streams. */
@NullMarked
package care.outcomes.streams.topology;

import org.jspecify.annotations.NullMarked;
