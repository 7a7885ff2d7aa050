/** Facts and rejections on their way to Kafka. */
@NullMarked
package care.outcomes.ingest.publish;

import org.jspecify.annotations.NullMarked;
