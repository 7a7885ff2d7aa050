package care.outcomes.deploy.output;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.GeneratedRecords;
import care.outcomes.schemas.record.Estimand;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.schemas.record.ReferenceHorizon;
import care.outcomes.schemas.record.ReferenceRow;
import care.outcomes.schemas.record.ReferenceShare;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunnelTablesTest {

    static {
        GeneratedRecords.trust();
    }

    private static RateRow cohort(String clinic, String month, int measured, int responded) {
        RateRow row = new RateRow();
        row.setNetworkId("net");
        row.setClinicId(clinic);
        row.setTreatment("*");
        row.setInstrument("phq9");
        row.setEstimand(Estimand.COHORT);
        row.setHorizon("P8W");
        row.setMonth(month);
        row.setMeasured(measured);
        row.setResponded(responded);
        return row;
    }

    private static ReferenceRow reference(String month, int responded) {
        ReferenceShare all = new ReferenceShare();
        all.setMeasured(100);
        all.setResponded(responded);
        ReferenceHorizon horizon = new ReferenceHorizon();
        horizon.setHorizon("P8W");
        horizon.setFrom("2025-01");
        horizon.setTo("2025-12");
        horizon.setShares(List.of(all));
        ReferenceRow row = new ReferenceRow();
        row.setNetworkId("net");
        row.setTreatment("*");
        row.setInstrument("phq9");
        row.setMonth(month);
        row.setHorizons(List.of(horizon));
        return row;
    }

    /** Limits of the golden table, domain.md §5.3: 100 courses at a target of 0.45. */
    @Test
    void aClinicsCohortsTogetherAgainstTheLimitsForItsSize() {
        List<RateRow> rates = List.of(
                cohort("A", "2025-02", 60, 30),
                cohort("A", "2025-03", 40, 24),
                cohort("A", "2024-12", 500, 0),
                cohort("B", "2025-02", 100, 45),
                cohort("C", "2025-02", 100, 61),
                cohort("D", "2025-02", 0, 0),
                cohort("*", "2025-02", 260, 136));
        String text = FunnelTables.text(rates, List.of(reference("2026-01", 10), reference("2026-02", 45)), "P8W", "*");
        assertThat(text)
                .contains("target 45.0% (reference 2026-02)")
                .containsPattern("A +100 +54.0% +34.8% - 54.3% +29.3% - 59.9% +inside")
                .containsPattern("B +100 +45.0% .*inside")
                .containsPattern("C +100 +61.0% .*outside 99.8 %: look")
                .doesNotContain("\nD ")
                .doesNotContain("\n* ");
    }

    @Test
    void saysSoWhereThereIsNothingToCompareWith() {
        assertThat(FunnelTables.text(List.of(), List.of(), "P8W", "*")).startsWith("No reference at P8W yet");
    }
}
