@NullMarked
package care.outcomes.ingest.simulate;

import org.jspecify.annotations.NullMarked;
