package care.outcomes.streams.topology.state;

import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Tally.Count;
import org.jspecify.annotations.Nullable;

/**
 * What a cohort is compared with.
 *
 * @param reference id of the reference; null: none is there, or nobody was measured
 * @param expected responses among the measured that the case mix leads to expect by that reference; null likewise
 */
public record Expectation(
        @Nullable String reference, @Nullable Double expected) {
    /** Compared with nothing. */
    public static final Expectation NONE = new Expectation(null, null);

    /** Responses observed over those expected; null where none are expected. */
    public @Nullable Double oe(Tally tally) {
        return expected == null || expected <= 0 ? null : tally.get(Count.RESPONDED) / expected;
    }

    static final Codec<Expectation> CODEC = new Codec<>() {
        @Override
        public void write(Expectation it, Encoder out) {
            out.optional(it.reference, out::text).optional(it.expected, out::real);
        }

        @Override
        public Expectation read(Decoder in) {
            return new Expectation(in.optional(in::text), in.optional(in::real));
        }
    };
}
