package care.outcomes.streams.topology.state;

import care.outcomes.streams.measure.MeasureCell;
import care.outcomes.streams.measure.MeasureCounts;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What changed in the measure sums of one clinic, or of all, on its way to where they are added up.
 *
 * @param networkId the network
 * @param cells differences by cell and stratum; at least one, all of one clinic
 */
public record MeasureDifference(String networkId, SortedMap<MeasureCell, SortedMap<String, MeasureCounts>> cells)
        implements ToTotals {

    /** All sums of a clinic, or of a network, meet in one place. */
    public String meetsAt() {
        String clinicId = cells.firstKey().clinicId();
        return clinicId.equals(MeasureCell.ALL) ? networkId : networkId + "·" + clinicId;
    }

    static final Codec<MeasureDifference> CODEC = new Codec<>() {
        private final MeasureCountsCodec counts = new MeasureCountsCodec();

        @Override
        public void write(MeasureDifference difference, Encoder out) {
            out.unsigned(difference.cells.size());
            difference.cells.forEach((cell, byStratum) -> {
                MeasureOf.CODEC.write(new MeasureOf(difference.networkId, cell), out);
                counts.write(byStratum, out);
            });
        }

        @Override
        public MeasureDifference read(Decoder in) {
            String networkId = "";
            SortedMap<MeasureCell, SortedMap<String, MeasureCounts>> cells = new TreeMap<>();
            for (long left = in.unsigned(); left > 0; left--) {
                MeasureOf of = MeasureOf.CODEC.read(in);
                networkId = of.networkId();
                cells.put(of.cell(), counts.read(in));
            }
            return new MeasureDifference(networkId, cells);
        }
    };
}
