@NullMarked
package care.outcomes.deploy.bench;

import org.jspecify.annotations.NullMarked;
