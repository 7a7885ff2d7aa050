@NullMarked
package care.outcomes.deploy.broker;

import org.jspecify.annotations.NullMarked;
