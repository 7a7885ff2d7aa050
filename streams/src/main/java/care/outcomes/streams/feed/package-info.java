/** Quality of what clinics send: what became of their records, how complete and how fresh they are. Pure. */
@NullMarked
package care.outcomes.streams.feed;

import org.jspecify.annotations.NullMarked;
