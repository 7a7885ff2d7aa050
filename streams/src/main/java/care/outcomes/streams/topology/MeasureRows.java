package care.outcomes.streams.topology;

import care.outcomes.schemas.record.MeasureCounts;
import care.outcomes.schemas.record.MeasureRow;
import care.outcomes.streams.measure.MeasureCell;
import care.outcomes.streams.measure.MeasureSums;
import care.outcomes.streams.measure.Membership;
import care.outcomes.streams.topology.state.MeasureOf;
import care.outcomes.streams.topology.state.MeasureSum;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** From what patients count as in quality measures to the rows that say so. */
final class MeasureRows {

    private MeasureRows() {}

    /** Record key of a sum. */
    static String key(MeasureOf of) {
        MeasureCell cell = of.cell();
        return String.join(
                "·",
                of.networkId(),
                cell.measure(),
                Integer.toString(cell.version()),
                Integer.toString(cell.period()),
                cell.clinicId());
    }

    /** Record key of one patient's row. */
    static String key(String patientKey, Membership membership) {
        MeasureCell cell =
                new MeasureCell(membership.measure(), membership.version(), membership.period(), membership.clinicId());
        return key(new MeasureOf(Intake.networkOf(patientKey), cell)) + "·" + patientKey;
    }

    /**
     * The row of one patient.
     *
     * @param revision grows with each change of the patient's rows
     * @param now wall clock, epoch milliseconds
     */
    static MeasureRow of(String patientKey, Membership membership, String ruleset, long revision, long now) {
        MeasureRow row = row(Intake.networkOf(patientKey), ruleset, revision, now);
        row.setMeasure(membership.measure());
        row.setVersion(Integer.toString(membership.version()));
        row.setPeriod(Integer.toString(membership.period()));
        row.setClinicId(membership.clinicId());
        row.setPatientKey(patientKey);
        row.setInitialPopulation(membership.initialPopulation() ? 1 : 0);
        row.setDenominator(membership.initialPopulation() ? 1 : 0);
        row.setExclusion(membership.excluded() ? 1 : 0);
        row.setNumerator(membership.numerator() ? 1 : 0);
        row.setFinal$(membership.closed());
        row.setStratum(membership.stratum());
        return row;
    }

    /**
     * The row of a sum.
     *
     * @param now wall clock, epoch milliseconds
     */
    static MeasureRow of(MeasureOf of, MeasureSum sum, String ruleset, long now) {
        MeasureRow row = row(of.networkId(), ruleset, sum.revision(), now);
        row.setMeasure(of.cell().measure());
        row.setVersion(Integer.toString(of.cell().version()));
        row.setPeriod(Integer.toString(of.cell().period()));
        row.setClinicId(of.cell().clinicId());
        MeasureCounts total = counts(MeasureSums.total(sum.byStratum()));
        row.setInitialPopulation(total.getInitialPopulation());
        row.setDenominator(total.getDenominator());
        row.setExclusion(total.getExclusion());
        row.setNumerator(total.getNumerator());
        row.setFinal$(sum.closed());
        Map<String, MeasureCounts> strata = new TreeMap<>();
        sum.byStratum().forEach((stratum, counts) -> {
            if (!stratum.equals(MeasureSums.NO_STRATUM)) {
                strata.put(stratum, counts(counts));
            }
        });
        row.setStrata(strata);
        return row;
    }

    private static MeasureRow row(String networkId, String ruleset, long revision, long now) {
        MeasureRow row = new MeasureRow();
        row.setNetworkId(networkId);
        row.setRuleset(ruleset);
        row.setRevision(revision);
        row.setComputedAt(Instant.ofEpochMilli(now));
        return row;
    }

    private static MeasureCounts counts(care.outcomes.streams.measure.MeasureCounts counts) {
        MeasureCounts row = new MeasureCounts();
        row.setInitialPopulation(counts.initialPopulation());
        row.setDenominator(counts.initialPopulation());
        row.setExclusion(counts.exclusion());
        row.setNumerator(counts.numerator());
        return row;
    }
}
