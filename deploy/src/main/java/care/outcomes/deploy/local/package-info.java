/** The all-in-one: every part of the pipeline on this machine, over one data directory. */
@NullMarked
package care.outcomes.deploy.local;

import org.jspecify.annotations.NullMarked;
