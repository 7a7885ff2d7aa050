package care.outcomes.streams.rate.shareable;

import care.outcomes.streams.rate.Group;
import java.util.Collection;
import java.util.List;

/**
 * The courses of a clinic (or all), a treatment (or all) and a calendar period, within one network and instrument.
 *
 * @param clinicId clinic of record, or {@link Group#ALL}
 * @param treatment treatment, or {@link Group#ALL}
 * @param period months of first dose
 */
public record Block(String clinicId, String treatment, Period period) implements Comparable<Block> {

    /** All courses of a period. */
    public static Block all(Period period) {
        return new Block(Group.ALL, Group.ALL, period);
    }

    /** Whether every course of the other is one of this. */
    public boolean contains(Block other) {
        return covers(clinicId, other.clinicId) && covers(treatment, other.treatment) && period.contains(other.period);
    }

    private static boolean covers(String mine, String others) {
        return mine.equals(Group.ALL) || mine.equals(others);
    }

    /** Those of the blocks that are within this one, but not this one. */
    List<Block> within(Collection<Block> blocks) {
        return blocks.stream().filter(b -> !b.equals(this) && contains(b)).toList();
    }

    /** The largest of the blocks within this one. */
    List<Block> largestWithin(Collection<Block> blocks) {
        List<Block> within = within(blocks);
        return within.stream()
                .filter(b -> within.stream().noneMatch(other -> !other.equals(b) && other.contains(b)))
                .toList();
    }

    @Override
    public int compareTo(Block other) {
        int order = clinicId.compareTo(other.clinicId);
        order = order != 0 ? order : treatment.compareTo(other.treatment);
        return order != 0 ? order : period.compareTo(other.period);
    }
}
