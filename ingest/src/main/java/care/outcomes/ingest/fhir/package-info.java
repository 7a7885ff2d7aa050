/** FHIR R4: resources mapped to canonical rows. */
@NullMarked
package care.outcomes.ingest.fhir;

import org.jspecify.annotations.NullMarked;
