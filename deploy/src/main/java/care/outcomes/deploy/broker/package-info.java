/** A real Kafka broker on loopback, in this JVM or in a child of its own. */
@NullMarked
package care.outcomes.deploy.broker;

import org.jspecify.annotations.NullMarked;
