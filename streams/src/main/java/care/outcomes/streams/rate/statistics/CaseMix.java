package care.outcomes.streams.rate.statistics;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Indirect standardisation: what was observed in a group against what its mix of cases leads to expect.
 *
 * @param observed successes
 * @param expected successes expected, {@code E = Σ n·p}
 * @param variance of that, {@code V = Σ n·p(1−p)}
 */
public record CaseMix(int observed, double expected, double variance) {
    /**
     * Cases of one kind in the group.
     *
     * @param cases 0 or more
     * @param rate of success among cases of the kind in the reference, 0 to 1
     */
    public record Stratum(int cases, double rate) {}

    /** The comparison of a group made of strata. */
    public static CaseMix of(int observed, Collection<Stratum> strata) {
        double expected = 0;
        double variance = 0;
        for (Stratum stratum : strata) {
            expected += stratum.cases * stratum.rate;
            variance += stratum.cases * stratum.rate * (1 - stratum.rate);
        }
        return new CaseMix(observed, expected, variance);
    }

    /** Observed over expected; null where nothing is expected. */
    public @Nullable Double oe() {
        return expected > 0 ? observed / expected : null;
    }

    /** How far observed lies from expected, in standard errors; null where there is no variance. */
    public @Nullable Double z() {
        return variance > 0 ? (observed - expected) / Math.sqrt(variance) : null;
    }

    /**
     * The rate that a group of the reference's mix would have, {@code O/E · rate}; above 1 where the group does much
     * better than expected; null where nothing is expected.
     *
     * @param rate overall rate of the reference, 0 to 1
     */
    public @Nullable Double standardised(double rate) {
        Double oe = oe();
        return oe == null ? null : oe * rate;
    }
}
