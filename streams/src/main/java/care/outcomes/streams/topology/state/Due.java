package care.outcomes.streams.topology.state;

/**
 * Key of something to be done for a patient when a clock reaches an instant; sorts by clock and instant.
 *
 * @param clock which clock
 * @param at epoch milliseconds
 * @param patientKey the patient
 */
public record Due(Clock clock, long at, String patientKey) {

    /** Clocks that things fall due by. */
    public enum Clock {
        /** Event time, as far as the horizon has come. */
        HORIZON,
        /** Wall clock, which delivery waits by. */
        WALL
    }

    static final Codec<Due> CODEC = new Codec<>() {
        @Override
        public void write(Due due, Encoder out) {
            out.symbol(due.clock).sorted(due.at).text(due.patientKey);
        }

        @Override
        public Due read(Decoder in) {
            return new Due(in.symbol(Clock.values()), in.sortedLong(), in.text());
        }
    };
}
