package care.outcomes.streams.topology.state;

import care.outcomes.streams.rate.Cell;
import care.outcomes.streams.rate.Group;
import java.util.SortedMap;

/**
 * What changed in the cells of a group in one month, on its way to where groups are added up.
 *
 * @param in group and month
 * @param cells differences by day, epoch day
 */
public record Difference(MonthOf in, SortedMap<Integer, Cell> cells) {

    /** All that a clinic's rates are made of, or a network's, meets in one place. */
    public String meetsAt() {
        Group group = in.of().group();
        String network = in.of().networkId();
        return group.clinicId().equals(Group.ALL) ? network : network + "·" + group.clinicId();
    }

    static final Codec<Difference> CODEC = new Codec<>() {
        private final CellsCodec cells = new CellsCodec();

        @Override
        public void write(Difference difference, Encoder out) {
            MonthOf.CODEC.write(difference.in, out);
            cells.write(difference.cells, out);
        }

        @Override
        public Difference read(Decoder in) {
            return new Difference(MonthOf.CODEC.read(in), cells.read(in));
        }
    };
}
