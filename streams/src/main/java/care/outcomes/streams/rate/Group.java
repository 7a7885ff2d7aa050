package care.outcomes.streams.rate;

/**
 * A group of courses that rates are counted for, within one network.
 *
 * @param clinicId clinic of record, or {@link #ALL}
 * @param treatment treatment, or {@link #ALL}
 * @param instrument instrument; instruments never mix
 */
public record Group(String clinicId, String treatment, String instrument) implements Comparable<Group> {

    /** Stands for all clinics or all treatments. */
    public static final String ALL = "*";

    /** The same group over all treatments. */
    public Group overTreatments() {
        return new Group(clinicId, ALL, instrument);
    }

    @Override
    public int compareTo(Group other) {
        int byClinic = clinicId.compareTo(other.clinicId);
        if (byClinic != 0) {
            return byClinic;
        }
        int byTreatment = treatment.compareTo(other.treatment);
        return byTreatment != 0 ? byTreatment : instrument.compareTo(other.instrument);
    }
}
