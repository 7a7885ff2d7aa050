/** Commands that ask a running pipeline what it has published. */
@NullMarked
package care.outcomes.deploy.query;

import org.jspecify.annotations.NullMarked;
