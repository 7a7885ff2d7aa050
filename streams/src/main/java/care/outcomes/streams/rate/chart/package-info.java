/** The course of a clinic's outcomes over time, case by case. */
@NullMarked
package care.outcomes.streams.rate.chart;

import org.jspecify.annotations.NullMarked;
