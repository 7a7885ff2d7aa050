package care.outcomes.streams.topology;

import care.outcomes.schemas.record.MeasureCounts;
import care.outcomes.schemas.record.MeasureRow;
import care.outcomes.streams.measure.MeasureCell;
import care.outcomes.streams.measure.QualityMeasures;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the sums of quality measures must be, recomputed from the rows of patients alone. */
public final class MeasuresRecomputed {

    private final QualityMeasures measures;
    private final int horizon;
    private final SortedMap<String, MeasureRow> sums = new TreeMap<>();

    /**
     * None yet.
     *
     * @param measures tells when the last window of a period closes
     * @param horizon last day that results are read to, epoch day
     */
    public MeasuresRecomputed(QualityMeasures measures, int horizon) {
        this.measures = measures;
        this.horizon = horizon;
    }

    /** Counts one patient's row in, at the clinic and over all. */
    public void add(MeasureRow patient) {
        add(patient, patient.getClinicId());
        add(patient, MeasureCell.ALL);
    }

    /** Every row that must be published, by record key; a row's revision is 0, and when it was computed is unknown. */
    public SortedMap<String, MeasureRow> rows() {
        return sums;
    }

    private void add(MeasureRow patient, String clinicId) {
        String key = String.join(
                "·", patient.getNetworkId(), patient.getMeasure(), patient.getVersion(), patient.getPeriod(), clinicId);
        MeasureRow sum = sums.computeIfAbsent(key, any -> empty(patient, clinicId));
        sum.setInitialPopulation(sum.getInitialPopulation() + patient.getInitialPopulation());
        sum.setDenominator(sum.getDenominator() + patient.getDenominator());
        sum.setExclusion(sum.getExclusion() + patient.getExclusion());
        sum.setNumerator(sum.getNumerator() + patient.getNumerator());
        if (patient.getStratum() != null) {
            addTo(sum.getStrata().computeIfAbsent(patient.getStratum(), any -> new MeasureCounts(0, 0, 0, 0)), patient);
        }
    }

    private static void addTo(MeasureCounts stratum, MeasureRow patient) {
        stratum.setInitialPopulation(stratum.getInitialPopulation() + patient.getInitialPopulation());
        stratum.setDenominator(stratum.getDenominator() + patient.getDenominator());
        stratum.setExclusion(stratum.getExclusion() + patient.getExclusion());
        stratum.setNumerator(stratum.getNumerator() + patient.getNumerator());
    }

    private MeasureRow empty(MeasureRow patient, String clinicId) {
        MeasureRow sum = new MeasureRow();
        sum.setNetworkId(patient.getNetworkId());
        sum.setMeasure(patient.getMeasure());
        sum.setVersion(patient.getVersion());
        sum.setPeriod(patient.getPeriod());
        sum.setClinicId(clinicId);
        sum.setFinal$(measures.lastDay(patient.getMeasure(), Integer.parseInt(patient.getPeriod())) < horizon);
        sum.setStrata(new TreeMap<>());
        sum.setRuleset(patient.getRuleset());
        sum.setRevision(0);
        sum.setComputedAt(Instant.EPOCH);
        return sum;
    }
}
