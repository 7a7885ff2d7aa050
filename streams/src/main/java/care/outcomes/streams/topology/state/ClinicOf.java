package care.outcomes.streams.topology.state;

/**
 * A clinic, or all of a network, as the beginning of the keys of all that is counted for it.
 *
 * @param networkId the network
 * @param clinicId the clinic, or all
 */
public record ClinicOf(String networkId, String clinicId) {

    /** The clinic of a group. */
    public static ClinicOf of(NetworkGroup group) {
        return new ClinicOf(group.networkId(), group.group().clinicId());
    }

    static final Codec<ClinicOf> CODEC = new Codec<>() {
        @Override
        public void write(ClinicOf key, Encoder out) {
            out.text(key.networkId).text(key.clinicId);
        }

        @Override
        public ClinicOf read(Decoder in) {
            return new ClinicOf(in.text(), in.text());
        }
    };
}
