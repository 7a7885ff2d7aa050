/** The process that delivers: consumer group, delivery memory, claim, send, record. */
@NullMarked
package care.outcomes.streams.notify.run;

import org.jspecify.annotations.NullMarked;
