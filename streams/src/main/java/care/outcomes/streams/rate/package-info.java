/** Votes of courses, day arithmetic and statistics. */
@NullMarked
package care.outcomes.streams.rate;

import org.jspecify.annotations.NullMarked;
