/** Courses, baselines and the class of each follow-up score. */
@NullMarked
package care.outcomes.streams.outcome;

import org.jspecify.annotations.NullMarked;
