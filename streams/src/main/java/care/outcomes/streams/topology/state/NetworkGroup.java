package care.outcomes.streams.topology.state;

import care.outcomes.streams.rate.Group;

/**
 * A group of courses that rates are counted for, of any network.
 *
 * @param networkId the network
 * @param group the group within it
 */
public record NetworkGroup(String networkId, Group group) {

    static final Codec<NetworkGroup> CODEC = new Codec<>() {
        @Override
        public void write(NetworkGroup key, Encoder out) {
            out.text(key.networkId)
                    .text(key.group.clinicId())
                    .text(key.group.treatment())
                    .text(key.group.instrument());
        }

        @Override
        public NetworkGroup read(Decoder in) {
            return new NetworkGroup(in.text(), new Group(in.text(), in.text(), in.text()));
        }
    };
}
