/** Tests of the topology, on the test driver and on a real broker. */
@NullMarked
package care.outcomes.streams.topology;

import org.jspecify.annotations.NullMarked;
