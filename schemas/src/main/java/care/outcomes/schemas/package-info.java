/** The contract between the parts: topics, Avro records, catalogue files and the registry adapter. */
@NullMarked
package care.outcomes.schemas;

import org.jspecify.annotations.NullMarked;
