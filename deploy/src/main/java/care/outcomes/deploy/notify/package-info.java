/** {@code outcomes notify}: delivery of alerts as a command, and as a part of a pipeline on this machine. */
@NullMarked
package care.outcomes.deploy.notify;

import org.jspecify.annotations.NullMarked;
