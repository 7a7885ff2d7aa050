/** Child JVMs that never outlive the one that started them. */
@NullMarked
package care.outcomes.deploy.child;

import org.jspecify.annotations.NullMarked;
