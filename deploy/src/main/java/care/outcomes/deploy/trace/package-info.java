/** What happened to one record: every version that came, what it counts as now, and what rests on it. */
@NullMarked
package care.outcomes.deploy.trace;

import org.jspecify.annotations.NullMarked;
