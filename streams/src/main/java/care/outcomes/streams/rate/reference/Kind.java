package care.outcomes.streams.rate.reference;

import care.outcomes.streams.rate.Stratum;
import care.outcomes.streams.rate.Stratum.Prior;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Courses that are alike before treatment, as finely as there are enough of them to compare.
 *
 * @param treatment treatment; null: all
 * @param band band of severity of the baseline, 0 the mildest; null: all
 * @param prior adequate trials before the course; null: all
 */
public record Kind(
        @Nullable String treatment,
        @Nullable Integer band,
        @Nullable Prior prior) implements Comparable<Kind> {
    /** All courses. */
    public static final Kind ALL = new Kind(null, null, null);

    private static final Comparator<Kind> ORDER = Comparator.comparing(
                    Kind::treatment, Comparator.nullsFirst(Comparator.<String>naturalOrder()))
            .thenComparing(Kind::band, Comparator.nullsFirst(Comparator.<Integer>naturalOrder()))
            .thenComparing(Kind::prior, Comparator.nullsFirst(Comparator.<Prior>naturalOrder()));

    /**
     * What a course of a stratum is compared with, best first: where there are too few, prior trials are left aside, then
     * the band of severity, then the treatment (domain.md §5.5).
     */
    static List<Kind> of(Stratum stratum) {
        return List.of(
                new Kind(stratum.treatment(), stratum.band(), stratum.prior()),
                new Kind(stratum.treatment(), stratum.band(), null),
                new Kind(stratum.treatment(), null, null),
                ALL);
    }

    @Override
    public int compareTo(Kind other) {
        return ORDER.compare(this, other);
    }
}
