/** JSON input: native events and the documents that carry FHIR resources. */
@NullMarked
package care.outcomes.ingest.json;

import org.jspecify.annotations.NullMarked;
