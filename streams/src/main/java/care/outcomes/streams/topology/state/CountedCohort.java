package care.outcomes.streams.topology.state;

import care.outcomes.streams.rate.Tally;
import org.jspecify.annotations.Nullable;

/**
 * A cohort row as last published.
 *
 * @param tally its counts; zero: no row is published
 * @param expectation what it is compared with
 * @param revision how often it was published
 * @param next first day after that on which its counts change without a new fact, epoch day
 */
public record CountedCohort(
        Tally tally,
        Expectation expectation,
        long revision,
        @Nullable Integer next) {

    /** Not published yet. */
    public static final CountedCohort NONE = new CountedCohort(Tally.ZERO, Expectation.NONE, 0, null);

    static final Codec<CountedCohort> CODEC = new Codec<>() {
        @Override
        public void write(CountedCohort row, Encoder out) {
            CellsCodec.write(row.tally, out);
            Expectation.CODEC.write(row.expectation, out);
            out.unsigned(row.revision).optional(row.next, out::whole);
        }

        @Override
        public CountedCohort read(Decoder in) {
            return new CountedCohort(
                    CellsCodec.tally(in), Expectation.CODEC.read(in), in.unsigned(), in.optional(in::whole));
        }
    };
}
