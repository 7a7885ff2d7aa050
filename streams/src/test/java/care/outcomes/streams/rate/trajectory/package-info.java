@NullMarked
package care.outcomes.streams.rate.trajectory;

import org.jspecify.annotations.NullMarked;
