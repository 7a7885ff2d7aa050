@NullMarked
package care.outcomes.deploy.registry;

import org.jspecify.annotations.NullMarked;
