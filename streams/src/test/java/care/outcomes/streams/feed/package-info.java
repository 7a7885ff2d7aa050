@NullMarked
package care.outcomes.streams.feed;

import org.jspecify.annotations.NullMarked;
