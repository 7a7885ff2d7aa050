package care.outcomes.streams.rate.shareable;

import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Tally.Count;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Cohort counts of the consenting courses of one network, instrument and calendar year, by clinic, treatment and month of
 * first dose. In each of these a patient has one vote; larger blocks are their sums, so that all counts add up.
 *
 * @param leaves counts by clinic, treatment and month, none of them zero
 */
public record CohortCounts(SortedMap<Block, Tally> leaves) {

    /** Sum over a block. */
    Tally of(Block block) {
        Tally sum = Tally.ZERO;
        for (Map.Entry<Block, Tally> leaf : leaves.entrySet()) {
            if (block.contains(leaf.getKey())) {
                sum = sum.plus(leaf.getValue());
            }
        }
        return sum;
    }

    /** A block in its clinics. */
    SortedMap<Block, Tally> inClinics(Block block) {
        SortedMap<Block, Tally> clinics = new TreeMap<>();
        leaves.forEach((leaf, tally) -> {
            if (block.contains(leaf)) {
                clinics.merge(new Block(leaf.clinicId(), block.treatment(), block.period()), tally, Tally::plus);
            }
        });
        return clinics;
    }

    /** A block in its months. */
    SortedMap<Block, Tally> inMonths(Block block) {
        SortedMap<Block, Tally> months = new TreeMap<>();
        for (Period month : block.period().inMonths()) {
            Block part = new Block(block.clinicId(), block.treatment(), month);
            months.put(part, of(part));
        }
        return months;
    }

    /**
     * Whether the last window of a period has closed, and every count says so.
     *
     * @param latest last day of a course's window, counted from its first dose
     * @param today the horizon, epoch day
     */
    public boolean isOver(Period period, int latest, int today) {
        Block all = Block.all(period);
        return today > period.lastDay().toEpochDay() + latest
                && leaves.entrySet().stream()
                        .filter(leaf -> all.contains(leaf.getKey()))
                        .allMatch(leaf -> leaf.getValue().get(Count.PENDING) == 0);
    }

    /** Treatments with any course. */
    SortedSet<String> treatments() {
        SortedSet<String> treatments = new TreeSet<>();
        leaves.keySet().forEach(leaf -> treatments.add(leaf.treatment()));
        treatments.remove(Group.ALL);
        return treatments;
    }
}
