@NullMarked
package care.outcomes.ingest.publish;

import org.jspecify.annotations.NullMarked;
