@NullMarked
package care.outcomes.ingest;

import org.jspecify.annotations.NullMarked;
