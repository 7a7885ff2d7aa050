package care.outcomes.streams.measure;

import java.util.Comparator;

/**
 * What measure sums are kept for.
 *
 * @param measure id of the measure
 * @param version year of the version
 * @param period calendar year
 * @param clinicId a clinic, or {@link #ALL}
 */
public record MeasureCell(String measure, int version, int period, String clinicId) implements Comparable<MeasureCell> {

    /** All clinics of the network. */
    public static final String ALL = "*";

    private static final Comparator<MeasureCell> ORDER = Comparator.comparing(MeasureCell::measure)
            .thenComparing(MeasureCell::version)
            .thenComparing(MeasureCell::period)
            .thenComparing(MeasureCell::clinicId);

    /** The same over all clinics. */
    public MeasureCell overClinics() {
        return new MeasureCell(measure, version, period, ALL);
    }

    @Override
    public int compareTo(MeasureCell other) {
        return ORDER.compare(this, other);
    }
}
