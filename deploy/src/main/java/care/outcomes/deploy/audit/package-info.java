/** Whether published numbers follow from published courses. */
@NullMarked
package care.outcomes.deploy.audit;

import org.jspecify.annotations.NullMarked;
