/** The canonical row: every format is first mapped to it, and it alone is turned into facts. */
@NullMarked
package care.outcomes.ingest.row;

import org.jspecify.annotations.NullMarked;
