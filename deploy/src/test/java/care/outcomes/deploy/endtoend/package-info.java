/** The whole pipeline, run as a user runs it. */
@NullMarked
package care.outcomes.deploy.endtoend;

import org.jspecify.annotations.NullMarked;
