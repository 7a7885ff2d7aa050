@NullMarked
package care.outcomes.deploy.truth;

import org.jspecify.annotations.NullMarked;
