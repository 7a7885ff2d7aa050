/** What the courses of a network came to, fixed once a month, for others to be compared with. */
@NullMarked
package care.outcomes.streams.rate.reference;

import org.jspecify.annotations.NullMarked;
