package care.outcomes.streams.topology.state;

/**
 * Key of a part of a patient's facts.
 *
 * @param patientKey the patient
 * @param number which part, from 0
 */
public record Segment(String patientKey, int number) {

    /** Most facts of one segment: a change of a fact writes its segment only. */
    public static final int FACTS = 64;

    static final Codec<Segment> CODEC = new Codec<>() {
        @Override
        public void write(Segment key, Encoder out) {
            out.text(key.patientKey).sorted(key.number);
        }

        @Override
        public Segment read(Decoder in) {
            return new Segment(in.text(), in.sortedInt());
        }
    };
}
