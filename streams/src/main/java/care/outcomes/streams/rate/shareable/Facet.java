package care.outcomes.streams.rate.shareable;

import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Tally.Count;
import java.util.List;

/**
 * Counts that are shown together or not at all. The parts of a facet split one part of a coarser facet, so whatever can
 * be computed from shown counts of one block is a sum of parts.
 */
public enum Facet {
    /** Eligible, measured, responded. Every row that shows anything shows these. */
    CORE {
        @Override
        List<Integer> parts(Tally tally) {
            int measured = tally.get(Count.MEASURED);
            return List.of(
                    tally.get(Count.RESPONDED),
                    measured - tally.get(Count.RESPONDED),
                    tally.get(Count.ELIGIBLE) - measured);
        }
    },
    /** Started: splits the rest of the network's courses off the eligible. */
    STARTED {
        @Override
        List<Integer> parts(Tally tally) {
            return List.of(tally.started() - tally.get(Count.ELIGIBLE));
        }
    },
    /** Why courses that started are not eligible. */
    EXCLUSIONS {
        @Override
        List<Integer> parts(Tally tally) {
            return List.of(tally.get(Count.NO_BASELINE), tally.get(Count.BELOW_FLOOR));
        }
    },
    /** The classes of those who were measured and did not respond. */
    CLASSES {
        @Override
        List<Integer> parts(Tally tally) {
            return List.of(tally.get(Count.PARTIAL), tally.get(Count.MINIMAL), tally.get(Count.WORSE));
        }
    },
    /**
     * Remitted. With the floors and cuts of the catalogue who is in remission has responded, so the difference is a
     * count of people too.
     */
    REMISSION {
        @Override
        List<Integer> parts(Tally tally) {
            int remitted = tally.get(Count.REMITTED);
            return List.of(remitted, tally.get(Count.RESPONDED) - remitted);
        }
    };

    /** The parts, of a tally or of a difference of tallies. */
    abstract List<Integer> parts(Tally tally);
}
