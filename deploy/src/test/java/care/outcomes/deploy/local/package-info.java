@NullMarked
package care.outcomes.deploy.local;

import org.jspecify.annotations.NullMarked;
