package care.outcomes.streams.history;

import care.outcomes.schemas.record.Precision;
import java.time.Instant;
import java.time.LocalDate;

/**
 * When and where something was recorded.
 *
 * @param clinic where
 * @param day civil day there, epoch day
 * @param minute minute of the day on the clinic's clock; {@link #UNTIMED}: only the day is known
 */
record Moment(Clinic clinic, int day, int minute) {

    static final int UNTIMED = -1;

    /** A moment of the day, coarse enough for ties, or none. */
    static Moment on(Dice dice, Clinic clinic, int day) {
        int minute = dice.percent(35) ? UNTIMED : dice.oneOf(0, 540, 540, 600, 600, 615, 840, 840, 1439);
        return new Moment(clinic, day, minute);
    }

    Moment onDay(int other) {
        return new Moment(clinic, other, minute);
    }

    Precision precision() {
        return minute == UNTIMED ? Precision.DAY : Precision.INSTANT;
    }

    Instant occurredAt() {
        LocalDate date = LocalDate.ofEpochDay(day);
        return minute == UNTIMED
                ? date.atStartOfDay(clinic.zone()).toInstant()
                : date.atTime(minute / 60, minute % 60).atZone(clinic.zone()).toInstant();
    }
}
