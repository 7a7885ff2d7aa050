@NullMarked
package care.outcomes.streams.rate.statistics;

import org.jspecify.annotations.NullMarked;
