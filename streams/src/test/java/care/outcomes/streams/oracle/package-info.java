/**
 * A second, independent reading of {@code SEMANTICS.md}: the same facts through SQL on DuckDB, written from the text
 * alone and sharing no code with the kernel, so that two readings meet.
 */
@NullMarked
package care.outcomes.streams.oracle;

import org.jspecify.annotations.NullMarked;
