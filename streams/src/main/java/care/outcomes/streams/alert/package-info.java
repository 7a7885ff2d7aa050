/** Alert rules, the episodes they find, and the ledger. */
@NullMarked
package care.outcomes.streams.alert;

import org.jspecify.annotations.NullMarked;
