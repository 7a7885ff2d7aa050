/** Statistics of rates: intervals, funnel limits, case mix, drift over time, survival. Plain functions of counts. */
@NullMarked
package care.outcomes.streams.rate.statistics;

import org.jspecify.annotations.NullMarked;
