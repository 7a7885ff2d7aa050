@NullMarked
package care.outcomes.ingest.json;

import org.jspecify.annotations.NullMarked;
