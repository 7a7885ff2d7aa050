package care.outcomes.streams.topology.state;

import care.outcomes.streams.rate.chart.ChartCases.Place;

/**
 * Key of a case in the charts of a group, of any network; sorts by day within the group.
 *
 * @param networkId the network
 * @param place the place within it
 */
public record ChartPlace(String networkId, Place place) {
    static final Codec<ChartPlace> CODEC = new Codec<>() {
        @Override
        public void write(ChartPlace key, Encoder out) {
            NetworkGroup.CODEC.write(new NetworkGroup(key.networkId, key.place.group()), out);
            out.sorted(key.place.on()).text(key.place.courseId());
        }

        @Override
        public ChartPlace read(Decoder in) {
            NetworkGroup of = NetworkGroup.CODEC.read(in);
            return new ChartPlace(of.networkId(), new Place(of.group(), in.sortedInt(), in.text()));
        }
    };
}
