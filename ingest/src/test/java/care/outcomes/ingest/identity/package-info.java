@NullMarked
package care.outcomes.ingest.identity;

import org.jspecify.annotations.NullMarked;
