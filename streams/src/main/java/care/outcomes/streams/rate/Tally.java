package care.outcomes.streams.rate;

import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A vector of counts, or of differences of counts. Addition commutes, so the order in which differences arrive cannot
 * matter.
 */
public final class Tally {

    /** What is counted. */
    public enum Count {
        ELIGIBLE,
        MEASURED,
        RESPONDED,
        PARTIAL,
        MINIMAL,
        WORSE,
        RELIABLY_DETERIORATED,
        REMITTED,
        RELAPSED,
        NO_BASELINE,
        BELOW_FLOOR,
        /** Cohorts only: the window has not closed. */
        PENDING,
        /** Cohorts only: died before it closed; in no other count. */
        DIED
    }

    /** Number of counts in a tally. */
    public static final int SIZE = Count.values().length;

    /** Nothing counted. */
    public static final Tally ZERO = new Tally(new int[SIZE]);

    /** The tallies of one of each of some counts, by the bits of these: what votes is one of a few, made once. */
    private static final AtomicReferenceArray<@Nullable Tally> ONES = new AtomicReferenceArray<>(1 << SIZE);

    private final int[] counts;
    private final boolean zero;

    private Tally(int[] counts) {
        this.counts = counts;
        int any = 0;
        for (int count : counts) {
            any |= count;
        }
        this.zero = any == 0;
    }

    /** A tally of the given counts, in the order of {@link Count}. */
    public static Tally of(int[] counts) {
        if (counts.length != SIZE) {
            throw new IllegalArgumentException("a tally has " + SIZE + " counts, not " + counts.length);
        }
        return new Tally(counts.clone());
    }

    /** One of each of the given counts. */
    public static Tally one(Count... of) {
        return one(Arrays.asList(of));
    }

    /** One of each of the given counts. */
    static Tally one(Collection<Count> of) {
        int bits = 0;
        for (Count count : of) {
            bits |= 1 << count.ordinal();
        }
        Tally known = ONES.get(bits);
        if (known == null) {
            known = ofBits(bits);
            ONES.set(bits, known);
        }
        return known;
    }

    private static Tally ofBits(int bits) {
        int[] counts = new int[SIZE];
        for (int i = 0; i < SIZE; i++) {
            counts[i] = (bits >> i) & 1;
        }
        return new Tally(counts);
    }

    public int get(Count count) {
        return counts[count.ordinal()];
    }

    /** The counts in the order of {@link Count}. */
    public int[] toArray() {
        return counts.clone();
    }

    /** Courses with contact: {@code eligible + noBaseline + belowFloor}. */
    public int started() {
        return get(Count.ELIGIBLE) + get(Count.NO_BASELINE) + get(Count.BELOW_FLOOR);
    }

    public Tally plus(Tally other) {
        return isZero() ? other : plus(other, 1);
    }

    public Tally minus(Tally other) {
        return plus(other, -1);
    }

    private Tally plus(Tally other, int sign) {
        if (other.isZero()) {
            return this;
        }
        int[] sum = new int[SIZE];
        for (int i = 0; i < SIZE; i++) {
            sum[i] = Math.addExact(counts[i], sign * other.counts[i]);
        }
        return new Tally(sum);
    }

    Tally times(int sign) {
        return sign == 1 ? this : ZERO.minus(this);
    }

    public boolean isZero() {
        return zero;
    }

    /** Whether the counts can be those of a group: none negative, and the classes partition the measured. */
    public boolean isPlausible() {
        for (int count : counts) {
            if (count < 0) {
                return false;
            }
        }
        return get(Count.MEASURED) <= get(Count.ELIGIBLE)
                && get(Count.RESPONDED) + get(Count.PARTIAL) + get(Count.MINIMAL) + get(Count.WORSE)
                        == get(Count.MEASURED);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tally tally && Arrays.equals(counts, tally.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return Arrays.toString(counts);
    }
}
