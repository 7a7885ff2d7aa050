/** How courses go from dose to dose, counted over a network, for single courses to be compared with. */
@NullMarked
package care.outcomes.streams.rate.trajectory;

import org.jspecify.annotations.NullMarked;
