@NullMarked
package care.outcomes.ingest.row;

import org.jspecify.annotations.NullMarked;
