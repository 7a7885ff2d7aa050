/** What the topology keeps: the records of its stores and their compact codecs. */
@NullMarked
package care.outcomes.streams.topology.state;

import org.jspecify.annotations.NullMarked;
