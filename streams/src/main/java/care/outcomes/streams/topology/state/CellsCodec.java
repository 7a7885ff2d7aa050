package care.outcomes.streams.topology.state;

import care.outcomes.streams.rate.Cell;
import care.outcomes.streams.rate.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Cells of one group by day; counts that are zero take no place. */
final class CellsCodec implements Codec<SortedMap<Integer, Cell>> {

    @Override
    public void write(SortedMap<Integer, Cell> cells, Encoder out) {
        out.unsigned(cells.size());
        int last = 0;
        for (var entry : cells.entrySet()) {
            out.signed(entry.getKey() - last);
            last = entry.getKey();
            write(entry.getValue(), out);
        }
    }

    @Override
    public SortedMap<Integer, Cell> read(Decoder in) {
        SortedMap<Integer, Cell> cells = new TreeMap<>();
        int day = 0;
        for (long left = in.unsigned(); left > 0; left--) {
            day += in.whole();
            cells.put(day, cell(in));
        }
        return cells;
    }

    private static void write(Cell cell, Encoder out) {
        List<Tally> tallies = new ArrayList<>(List.of(cell.begun()));
        tallies.addAll(cell.ended());
        tallies.addAll(cell.replaced());
        int present = 0;
        for (int i = 0; i < tallies.size(); i++) {
            present |= tallies.get(i).isZero() ? 0 : 1 << i;
        }
        out.bits(present);
        for (Tally tally : tallies) {
            if (!tally.isZero()) {
                write(tally, out);
            }
        }
    }

    private static Cell cell(Decoder in) {
        int present = in.bits();
        Tally[] tallies = new Tally[7];
        for (int i = 0; i < tallies.length; i++) {
            tallies[i] = (present & 1 << i) == 0 ? Tally.ZERO : tally(in);
        }
        return new Cell(
                tallies[0], List.of(tallies[1], tallies[2], tallies[3]), List.of(tallies[4], tallies[5], tallies[6]));
    }

    static void write(Tally tally, Encoder out) {
        int[] counts = tally.toArray();
        int present = 0;
        for (int i = 0; i < counts.length; i++) {
            present |= counts[i] == 0 ? 0 : 1 << i;
        }
        out.unsigned(present);
        for (int count : counts) {
            if (count != 0) {
                out.signed(count);
            }
        }
    }

    static Tally tally(Decoder in) {
        long present = in.unsigned();
        int[] counts = new int[Tally.SIZE];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = (present & 1L << i) == 0 ? 0 : in.whole();
        }
        return Tally.of(counts);
    }
}
