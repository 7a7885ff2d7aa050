package care.outcomes.streams.topology.state;

/**
 * A task has looked at all it holds under new rules, and sent all that differs. Every task after it is told.
 *
 * @param partition of the task that has
 * @param ruleset the rules, as a number
 */
public record Walked(int partition, long ruleset) implements ToTotals {

    static final Codec<Walked> CODEC = new Codec<>() {
        @Override
        public void write(Walked walked, Encoder out) {
            out.whole(walked.partition).unsigned(walked.ruleset);
        }

        @Override
        public Walked read(Decoder in) {
            return new Walked(in.whole(), in.unsigned());
        }
    };
}
