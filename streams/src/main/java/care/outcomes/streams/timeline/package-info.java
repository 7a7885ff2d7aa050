/** Facts of one patient: identity, versions, order. */
@NullMarked
package care.outcomes.streams.timeline;

import org.jspecify.annotations.NullMarked;
