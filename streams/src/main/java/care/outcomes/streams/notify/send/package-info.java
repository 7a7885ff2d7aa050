/** The channels: webhook, mail and FHIR, what they say and how. */
@NullMarked
package care.outcomes.streams.notify.send;

import org.jspecify.annotations.NullMarked;
