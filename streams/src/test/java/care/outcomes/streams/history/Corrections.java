package care.outcomes.streams.history;

import care.outcomes.schemas.record.Administration;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.Precision;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.Timing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;

/** What sources do to facts after they sent them: correct, move, withdraw, send again a little different. */
final class Corrections {

    private static final Instant UPDATED_AT = Instant.parse("2025-12-01T00:00:00Z");

    private final Dice dice;
    private final List<Clinic> clinics;

    Corrections(Dice dice, List<Clinic> clinics) {
        this.dice = dice;
        this.clinics = clinics;
    }

    /** All versions of a fact, the given one first. */
    List<SpecificRecordBase> versionsOf(SpecificRecordBase first) {
        if (dice.percent(10)) {
            first.put("lastUpdated", UPDATED_AT.plusSeconds(dice.between(0, 3)));
        }
        List<SpecificRecordBase> versions = new ArrayList<>();
        versions.add(Versions.sealed(first));
        if (dice.percent(15)) {
            for (int left = dice.oneOf(1, 1, 1, 2, 3); left > 0; left--) {
                SpecificRecordBase next = Versions.copy(dice.oneOf(versions));
                correct(next);
                number(next);
                versions.add(Versions.sealed(next));
            }
        }
        return versions;
    }

    /** What of the version number, the source's clock and the status tells that it is another version. */
    private void number(SpecificRecordBase next) {
        switch (dice.between(0, 5)) {
            case 0 -> next.put("lastUpdated", UPDATED_AT.plusSeconds(dice.between(0, 3)));
            case 1 -> next.put("lastUpdated", null);
            case 2 -> next.put("version", 0L);
            case 3 -> {
                // Nothing: equal numbers, and status or content decides.
            }
            default -> next.put("version", (Long) next.get("version") + dice.between(1, 2));
        }
    }

    private void correct(SpecificRecordBase next) {
        next.put("status", dice.oneOf(List.of(FactStatus.CORRECTED, FactStatus.AMENDED, FactStatus.PRELIMINARY)));
        switch (dice.between(0, 6)) {
            case 0, 1 -> next.put("status", FactStatus.ENTERED_IN_ERROR);
            case 2 -> move(next, dice.oneOf(-30, -7, -1, 1, 1, 2, 14, 31, 60));
            case 3 -> relocate(next);
            default -> rewrite(next);
        }
    }

    private void move(SpecificRecordBase next, int days) {
        Clinic clinic = clinicOf(next);
        var at = ((Instant) next.get("occurredAt")).atZone(clinic.zone());
        int minute = next.get("precision") == Precision.DAY ? Moment.UNTIMED : at.getHour() * 60 + at.getMinute();
        int day = (int) at.toLocalDate().toEpochDay() + days;
        Versions.place(next, new Moment(clinic, day, dice.percent(80) ? minute : Moment.UNTIMED));
    }

    /** Another clinic recorded it, at the same hour of its own clock. */
    private void relocate(SpecificRecordBase next) {
        var at = ((Instant) next.get("occurredAt")).atZone(clinicOf(next).zone());
        int minute = next.get("precision") == Precision.DAY ? Moment.UNTIMED : at.getHour() * 60 + at.getMinute();
        int day = (int) at.toLocalDate().toEpochDay();
        Versions.place(next, new Moment(dice.oneOf(clinics), day, minute));
    }

    private Clinic clinicOf(SpecificRecordBase fact) {
        return clinics.stream()
                .filter(clinic -> clinic.id().equals(fact.get("clinicId")))
                .findFirst()
                .orElseThrow();
    }

    private void rewrite(SpecificRecordBase next) {
        if (next instanceof ScoreFact score && score.getUsable()) {
            score.setItems(null);
            if (dice.percent(70)) {
                score.setTotal(Scale.of(score.getInstrument()).followUp(dice, score.getTotal()));
            } else {
                score.setTiming(dice.oneOf(List.of(Timing.PRE, Timing.POST, Timing.NONE)));
            }
        } else if (next instanceof DoseFact dose) {
            switch (dice.between(0, 3)) {
                case 0 ->
                    dose.setAdministration(dice.oneOf(List.of(Administration.NOT_DONE, Administration.STOPPED_EARLY)));
                case 1 -> dose.setPlannedDoses(dice.between(1, 5));
                case 2 -> dose.setSeries(dice.oneOf(List.of("A", "B")));
                default -> dose.setDoseNumber(dice.between(1, 3));
            }
        }
    }
}
