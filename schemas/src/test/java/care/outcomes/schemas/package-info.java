/** Tests of the contract. */
@NullMarked
package care.outcomes.schemas;

import org.jspecify.annotations.NullMarked;
