package care.outcomes.streams.topology.state;

import care.outcomes.streams.Digest;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Identity;

/**
 * Key of what is remembered of a version of a fact beside the version that is live.
 *
 * @param patientKey the patient
 * @param version which version of which fact, hashed
 */
public record Receipt(String patientKey, String version) {

    /** Key of a version. */
    public static Receipt of(String patientKey, Fact version) {
        Identity identity = version.stamp().identity();
        return new Receipt(
                patientKey,
                Digest.of(String.join(
                        "\n",
                        identity.kind().name(),
                        identity.source(),
                        identity.factId(),
                        version.stamp().eventId())));
    }

    static final Codec<Receipt> CODEC = new Codec<>() {
        @Override
        public void write(Receipt receipt, Encoder out) {
            out.text(receipt.patientKey).text(receipt.version);
        }

        @Override
        public Receipt read(Decoder in) {
            return new Receipt(in.text(), in.text());
        }
    };
}
