package care.outcomes.streams.measure;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sums of memberships by cell and stratum. A stratum that comes to nothing is left out, and so is a cell. */
public final class MeasureSums {

    /** Stratum of who has none. */
    public static final String NO_STRATUM = "";

    private MeasureSums() {}

    /** By how much one patient's memberships change the sums of each clinic and of all. */
    public static SortedMap<MeasureCell, SortedMap<String, MeasureCounts>> difference(
            Collection<Membership> before, Collection<Membership> after) {
        SortedMap<MeasureCell, SortedMap<String, MeasureCounts>> sums = new TreeMap<>();
        before.forEach(
                membership -> add(sums, membership, MeasureCounts.of(membership).negated()));
        after.forEach(membership -> add(sums, membership, MeasureCounts.of(membership)));
        sums.values().removeIf(Map::isEmpty);
        return sums;
    }

    private static void add(
            SortedMap<MeasureCell, SortedMap<String, MeasureCounts>> sums,
            Membership membership,
            MeasureCounts counts) {
        MeasureCell cell =
                new MeasureCell(membership.measure(), membership.version(), membership.period(), membership.clinicId());
        String stratum = membership.stratum() == null ? NO_STRATUM : membership.stratum();
        SortedMap<String, MeasureCounts> one = new TreeMap<>();
        one.put(stratum, counts);
        sums.put(cell, plus(sums.getOrDefault(cell, new TreeMap<>()), one));
        sums.put(cell.overClinics(), plus(sums.getOrDefault(cell.overClinics(), new TreeMap<>()), one));
    }

    /** The sum of two. */
    public static SortedMap<String, MeasureCounts> plus(
            SortedMap<String, MeasureCounts> some, SortedMap<String, MeasureCounts> more) {
        SortedMap<String, MeasureCounts> sum = new TreeMap<>(some);
        more.forEach((stratum, counts) -> sum.merge(stratum, counts, MeasureCounts::plus));
        sum.values().removeIf(MeasureCounts::isZero);
        return sum;
    }

    /** Over all strata. */
    public static MeasureCounts total(SortedMap<String, MeasureCounts> byStratum) {
        return byStratum.values().stream().reduce(MeasureCounts.ZERO, MeasureCounts::plus);
    }
}
