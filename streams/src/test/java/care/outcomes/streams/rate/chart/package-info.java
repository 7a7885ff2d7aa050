@NullMarked
package care.outcomes.streams.rate.chart;

import org.jspecify.annotations.NullMarked;
