@NullMarked
package care.outcomes.deploy.output;

import org.jspecify.annotations.NullMarked;
