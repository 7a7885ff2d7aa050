@NullMarked
package care.outcomes.deploy.trace;

import org.jspecify.annotations.NullMarked;
