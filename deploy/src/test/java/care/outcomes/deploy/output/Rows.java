package care.outcomes.deploy.output;

import care.outcomes.schemas.record.Estimand;
import care.outcomes.schemas.record.RateRow;
import java.time.LocalDate;

/** Rows for tests. */
final class Rows {
    private Rows() {}

    static RateRow.Builder period(String clinic, String treatment, String window, String day) {
        return RateRow.newBuilder()
                .setNetworkId("net")
                .setClinicId(clinic)
                .setTreatment(treatment)
                .setInstrument("phq9")
                .setEstimand(Estimand.PERIOD)
                .setWindow(window)
                .setDay(LocalDate.parse(day))
                .setAsOf(LocalDate.parse(day))
                .setRuleset("r1");
    }

    static RateRow started(int started, String clinic, String window, String day) {
        return period(clinic, "*", window, day).setStarted(started).build();
    }
}
