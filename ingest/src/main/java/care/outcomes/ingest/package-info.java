/** How facts enter: files of clinic systems become readings, facts or rejections, one per source record. */
@NullMarked
package care.outcomes.ingest;

import org.jspecify.annotations.NullMarked;
