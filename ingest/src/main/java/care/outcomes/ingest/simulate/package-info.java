/** A synthetic clinic network with known truth. */
@NullMarked
package care.outcomes.ingest.simulate;

import org.jspecify.annotations.NullMarked;
