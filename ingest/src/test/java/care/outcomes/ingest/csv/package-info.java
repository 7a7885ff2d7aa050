@NullMarked
package care.outcomes.ingest.csv;

import org.jspecify.annotations.NullMarked;
