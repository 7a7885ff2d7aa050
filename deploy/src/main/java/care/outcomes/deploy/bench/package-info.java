/** Benchmarks of the pipeline against peers on the same broker, data and machine. */
@NullMarked
package care.outcomes.deploy.bench;

import org.jspecify.annotations.NullMarked;
