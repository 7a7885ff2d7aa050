@NullMarked
package care.outcomes.deploy.query;

import org.jspecify.annotations.NullMarked;
