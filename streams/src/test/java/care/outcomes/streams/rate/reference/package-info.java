@NullMarked
package care.outcomes.streams.rate.reference;

import org.jspecify.annotations.NullMarked;
