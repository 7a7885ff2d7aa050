package care.outcomes.streams.topology.state;

/**
 * Key of what is shareable of one network, instrument and calendar year.
 *
 * @param networkId the network
 * @param instrument the instrument
 * @param year calendar year of first doses
 */
public record TreeOf(String networkId, String instrument, int year) {

    static final Codec<TreeOf> CODEC = new Codec<>() {
        @Override
        public void write(TreeOf key, Encoder out) {
            out.text(key.networkId).text(key.instrument).sorted(key.year);
        }

        @Override
        public TreeOf read(Decoder in) {
            return new TreeOf(in.text(), in.text(), in.sortedInt());
        }
    };
}
