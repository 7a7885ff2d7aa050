/** A real schema registry server on loopback, in a child JVM. */
@NullMarked
package care.outcomes.deploy.registry;

import org.jspecify.annotations.NullMarked;
