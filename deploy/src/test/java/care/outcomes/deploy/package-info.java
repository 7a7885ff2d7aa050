@NullMarked
package care.outcomes.deploy;

import org.jspecify.annotations.NullMarked;
