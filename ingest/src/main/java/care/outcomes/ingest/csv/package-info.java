/** Native CSV: files of scores, doses, visits and patient events. */
@NullMarked
package care.outcomes.ingest.csv;

import org.jspecify.annotations.NullMarked;
