/** Pseudonyms: what stands for a patient inside the pipeline. */
@NullMarked
package care.outcomes.ingest.identity;

import org.jspecify.annotations.NullMarked;
