/**
 * The shareable tier: which counts may leave the network's quality team, so that no count of 1–10 is shown or can be
 * derived. The model and why it is safe: {@code deploy/decisions/0003-shareable-tier.md}.
 */
@NullMarked
package care.outcomes.streams.rate.shareable;

import org.jspecify.annotations.NullMarked;
