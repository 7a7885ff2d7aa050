/** Random histories of small clinic networks, seeded: the facts that property tests of the kernel and the topology run on. */
@NullMarked
package care.outcomes.streams.history;

import org.jspecify.annotations.NullMarked;
