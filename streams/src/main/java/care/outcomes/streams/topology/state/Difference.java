package care.outcomes.streams.topology.state;

import care.outcomes.streams.rate.Cell;
import care.outcomes.streams.rate.Group;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What changed in the cells of one clinic, or of all, under one instrument, on its way to where groups are added up. The
 * groups of all treatments travel together, for their sum makes sense only when it is whole.
 *
 * @param networkId the network
 * @param cells differences by group and day, epoch day
 */
public record Difference(String networkId, SortedMap<Group, SortedMap<Integer, Cell>> cells) {

    /** All that a clinic's rates are made of, or a network's, meets in one place. */
    public String meetsAt() {
        String clinicId = cells.firstKey().clinicId();
        return clinicId.equals(Group.ALL) ? networkId : networkId + "·" + clinicId;
    }

    static final Codec<Difference> CODEC = new Codec<>() {
        private final CellsCodec ofGroup = new CellsCodec();

        @Override
        public void write(Difference difference, Encoder out) {
            out.unsigned(difference.cells.size());
            difference.cells.forEach((group, days) -> {
                NetworkGroup.CODEC.write(new NetworkGroup(difference.networkId, group), out);
                ofGroup.write(days, out);
            });
        }

        @Override
        public Difference read(Decoder in) {
            String networkId = "";
            SortedMap<Group, SortedMap<Integer, Cell>> cells = new TreeMap<>();
            for (long left = in.unsigned(); left > 0; left--) {
                NetworkGroup of = NetworkGroup.CODEC.read(in);
                networkId = of.networkId();
                cells.put(of.group(), ofGroup.read(in));
            }
            return new Difference(networkId, cells);
        }
    };
}
