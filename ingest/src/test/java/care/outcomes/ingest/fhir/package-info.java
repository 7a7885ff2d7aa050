@NullMarked
package care.outcomes.ingest.fhir;

import org.jspecify.annotations.NullMarked;
