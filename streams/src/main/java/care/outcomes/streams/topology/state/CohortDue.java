package care.outcomes.streams.topology.state;

/**
 * Key of a cohort whose counts change on a day without a new fact; sorts by day.
 *
 * @param day epoch day
 * @param cohort the cohort
 */
public record CohortDue(int day, CohortOf cohort) {

    static final Codec<CohortDue> CODEC = new Codec<>() {
        @Override
        public void write(CohortDue key, Encoder out) {
            out.sorted(key.day);
            CohortOf.CODEC.write(key.cohort, out);
        }

        @Override
        public CohortDue read(Decoder in) {
            return new CohortDue(in.sortedInt(), CohortOf.CODEC.read(in));
        }
    };
}
