@NullMarked
package care.outcomes.deploy.child;

import org.jspecify.annotations.NullMarked;
