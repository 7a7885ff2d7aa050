@NullMarked
package care.outcomes.streams.topology.state;

import org.jspecify.annotations.NullMarked;
