package care.outcomes.deploy.bench;

import care.outcomes.schemas.record.Administration;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.Phase;
import care.outcomes.schemas.record.Timing;
import care.outcomes.streams.timeline.Dose;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Identity;
import care.outcomes.streams.timeline.Identity.Kind;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Stamp;
import java.time.LocalDate;

/** The life of one patient in maintenance for years: a score and a dose in turn, three days apart. */
final class MaintenancePatient {

    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);

    private MaintenancePatient() {}

    static LocalDate dayOf(int number) {
        return FIRST_DAY.plusDays(3L * number);
    }

    static Fact fact(int number) {
        return fact(number, 0);
    }

    /** @param version from 1 */
    static Fact corrected(int number, long version) {
        return fact(number, version);
    }

    private static Fact fact(int number, long version) {
        int day = (int) dayOf(number).toEpochDay();
        Kind kind = number % 2 == 0 ? Kind.SCORE : Kind.DOSE;
        Stamp stamp = new Stamp(
                new Identity(kind, "bench", "f" + number),
                "e" + number + "-" + version,
                version,
                Long.MIN_VALUE,
                FactStatus.FINAL,
                "C1",
                "UTC",
                day,
                day * 86_400_000L + 36_000_000L,
                true);
        return kind == Kind.SCORE
                ? new Score(stamp, "phq9", 20 - (number + (int) version) % 15, null, Timing.NONE, true, false, null)
                : new Dose(stamp, "KETAMINE_IV", Administration.COMPLETED, null, null, null, Phase.UNKNOWN);
    }
}
