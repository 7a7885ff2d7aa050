package care.outcomes.streams.history;

import care.outcomes.schemas.record.BloodPressure;
import care.outcomes.schemas.record.DoseFact;
import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;

/** Writes down what was recorded of the sessions of doses: often nothing, often at or beside a limit. */
final class Sessions {

    private static final List<String> EVENTS = List.of(
            "nausea",
            "none",
            "headache",
            "dizziness",
            "non-serious rash",
            "SERIOUS: syncope",
            "hospitalised overnight");

    private static final List<String> ROUTES = List.of("intravenous", "nasal", "nasal", "at_home", "clinic");

    private final Dice dice;

    Sessions(Dice dice) {
        this.dice = dice;
    }

    /** Of each patient the amount is mostly the same. */
    void recordAll(List<SpecificRecordBase> facts) {
        String patient = "";
        double usual = 0;
        for (SpecificRecordBase fact : facts) {
            if (!fact.get("patientKey").equals(patient)) {
                patient = (String) fact.get("patientKey");
                usual = dice.oneOf(28, 40, 56, 80, 84, 84);
            }
            if (fact instanceof DoseFact dose && dice.percent(75)) {
                amount(dose, usual);
                monitoring(dose);
            }
        }
    }

    private void amount(DoseFact dose, double usual) {
        if (dice.percent(90)) {
            dose.setDoseMg(dice.percent(85) ? usual : dice.oneOf(0, 5, 28, 50, 56, 80, 150, 700));
        }
        if (dice.percent(40)) {
            dose.setWeightKg((double) dice.oneOf(40, 70, 80, 80, 84, 100));
        }
        if (dice.percent(20)) {
            dose.setRoute(dice.oneOf(ROUTES));
        }
    }

    private void monitoring(DoseFact dose) {
        if (dice.percent(50)) {
            dose.setMinutesObserved(dice.oneOf(60, 119, 120, 121, 150));
        }
        if (dice.percent(50)) {
            dose.setBpBefore(pressure());
            if (dice.percent(70)) {
                dose.setBp40min(pressure());
            }
            if (dice.percent(70)) {
                dose.setBpDischarge(pressure());
            }
        }
        if (dice.percent(40)) {
            dose.setSpo2Min(dice.oneOf(88, 89, 90, 91, 92, 93, 98));
        }
        if (dice.percent(40)) {
            dose.setSedation(dice.between(0, 5));
            dose.setDissociation(dice.oneOf(0, 4, 5, 12, 40));
        }
        if (dice.percent(40)) {
            dose.setStableAtDischarge(dice.percent(80));
        }
        if (dice.percent(40)) {
            dose.setRemsFormAt(dose.getOccurredAt().plus(Duration.ofDays(dice.oneOf(0, 1, 6, 7, 8, 9, 30))));
        }
        if (dice.percent(45)) {
            dose.setAdverseEvent(dice.oneOf(EVENTS));
        }
    }

    private BloodPressure pressure() {
        BloodPressure pressure = new BloodPressure();
        pressure.setSystolic(dice.oneOf(110, 120, 139, 140, 159, 160, 179, 180));
        pressure.setDiastolic(dice.oneOf(70, 80, 89, 90, 99, 100, 109, 110));
        return pressure;
    }
}
