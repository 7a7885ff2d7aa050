package care.outcomes.streams.topology.state;

import care.outcomes.streams.rate.CohortCell;
import care.outcomes.streams.rate.Stratum;
import care.outcomes.streams.rate.Tally;
import java.util.SortedMap;
import java.util.TreeMap;

/** Steps of one cohort by day and stratum. */
final class CohortCellCodec implements Codec<CohortCell> {

    @Override
    public void write(CohortCell cell, Encoder out) {
        out.unsigned(cell.steps().size());
        int last = 0;
        for (var step : cell.steps().entrySet()) {
            out.signed(step.getKey() - last).unsigned(step.getValue().size());
            last = step.getKey();
            step.getValue().forEach((stratum, tally) -> {
                out.text(stratum.treatment())
                        .signed(stratum.band())
                        .symbol(stratum.prior())
                        .flag(stratum.consents());
                CellsCodec.write(tally, out);
            });
        }
    }

    @Override
    public CohortCell read(Decoder in) {
        SortedMap<Integer, SortedMap<Stratum, Tally>> steps = new TreeMap<>();
        int day = 0;
        for (long days = in.unsigned(); days > 0; days--) {
            day += in.whole();
            SortedMap<Stratum, Tally> strata = new TreeMap<>();
            for (long left = in.unsigned(); left > 0; left--) {
                Stratum stratum = new Stratum(in.text(), in.whole(), in.symbol(Stratum.Prior.values()), in.flag());
                strata.put(stratum, CellsCodec.tally(in));
            }
            steps.put(day, strata);
        }
        return steps.isEmpty() ? CohortCell.ZERO : new CohortCell(steps);
    }
}
