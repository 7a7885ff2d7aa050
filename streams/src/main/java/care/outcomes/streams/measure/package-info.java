/** Quality measures: an index assessment, a window after it, the last assessment in the window. Pure. */
@NullMarked
package care.outcomes.streams.measure;

import org.jspecify.annotations.NullMarked;
