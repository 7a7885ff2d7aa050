/** Whether the alerts of a synthetic network are those that its truth says must come. */
@NullMarked
package care.outcomes.deploy.truth;

import org.jspecify.annotations.NullMarked;
