/** The command line: one command a file, each a thin shell over the parts it starts. */
@NullMarked
package care.outcomes.deploy;

import org.jspecify.annotations.NullMarked;
