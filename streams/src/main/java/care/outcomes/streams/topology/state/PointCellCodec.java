package care.outcomes.streams.topology.state;

import care.outcomes.streams.rate.trajectory.PointCell;
import java.time.YearMonth;
import java.time.temporal.ChronoField;
import java.util.SortedMap;
import java.util.TreeMap;

/** Steps of courses at one point by month and percent. */
final class PointCellCodec implements Codec<PointCell> {

    @Override
    public void write(PointCell cell, Encoder out) {
        out.unsigned(cell.steps().size());
        cell.steps().forEach((month, step) -> {
            out.unsigned(month.getLong(ChronoField.PROLEPTIC_MONTH)).unsigned(step.size());
            step.forEach((percent, courses) -> out.unsigned(percent).signed(courses));
        });
    }

    @Override
    public PointCell read(Decoder in) {
        SortedMap<YearMonth, SortedMap<Integer, Integer>> steps = new TreeMap<>();
        for (long months = in.unsigned(); months > 0; months--) {
            YearMonth month = YearMonth.of(0, 1).plusMonths(in.unsigned());
            SortedMap<Integer, Integer> step = new TreeMap<>();
            for (long left = in.unsigned(); left > 0; left--) {
                step.put((int) in.unsigned(), in.whole());
            }
            steps.put(month, step);
        }
        return steps.isEmpty() ? PointCell.ZERO : new PointCell(steps);
    }
}
