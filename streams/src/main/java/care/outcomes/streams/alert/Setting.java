package care.outcomes.streams.alert;

import care.outcomes.schemas.AlertRule;
import care.outcomes.schemas.Instrument;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.Treatment;
import care.outcomes.streams.outcome.Baseline;
import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.Followed;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a course from its beginning on, as rules look at it.
 *
 * @param networkId network of the patient
 * @param clinicId clinic of record
 * @param zone its zone
 * @param treatment the treatment
 * @param ordinal number of the course
 * @param firstDose fact id of the first dose
 * @param openedOn day of the first dose, epoch day
 * @param leftTruncated whether it began before its first known dose
 * @param priorTrials adequate trials before it; null: not told
 * @param planned doses planned, as known at the horizon; null where the treatment is not dose-counted
 * @param decisive the instrument that decides for the course, so that one ground gives one alert
 * @param baselines the baselines by instrument
 */
record Setting(
        String networkId,
        String clinicId,
        String zone,
        Treatment treatment,
        int ordinal,
        String firstDose,
        int openedOn,
        boolean leftTruncated,
        @Nullable Integer priorTrials,
        @Nullable Integer planned,
        String decisive,
        Map<String, Baseline> baselines) {

    static Setting of(String networkId, Followed followed, String decisive, Map<String, Baseline> baselines) {
        Course course = followed.course();
        return new Setting(
                networkId,
                course.clinicId(),
                course.zone(),
                followed.treatment(),
                course.ordinal(),
                course.firstDose(),
                course.openedOn(),
                course.leftTruncated(),
                course.priorTrials(),
                followed.planned(),
                decisive,
                baselines);
    }

    /** Start of a civil day at the clinic of record, epoch milliseconds. */
    long startOf(int day) {
        return LocalDate.ofEpochDay(day)
                .atStartOfDay(ZoneId.of(zone))
                .toInstant()
                .toEpochMilli();
    }

    /** The civil day of an instant at the clinic of record, epoch day. */
    int dayOf(long at) {
        return (int)
                Instant.ofEpochMilli(at).atZone(ZoneId.of(zone)).toLocalDate().toEpochDay();
    }

    /**
     * One version of a rule in a course.
     *
     * @param from first day on which its grounds count, epoch day
     * @param until first day on which they do so no longer
     */
    record Use(Setting setting, AlertRule rule, int from, int until, Instruments instruments, TrajectoryCurves curves) {

        /** Whether it is the version in force on a day. */
        boolean inForce(int day) {
            return rule.enabled() && day >= from && day < until;
        }

        Treatment treatment() {
            return setting.treatment();
        }

        /** The instrument that decides, with its baseline above zero; null where there is none to compare with. */
        @Nullable
        Compared decisive() {
            Baseline baseline = setting.baselines().get(setting.decisive());
            Instrument instrument = instruments.find(setting.decisive()).orElse(null);
            return baseline == null || baseline.score() == 0 || setting.leftTruncated() || instrument == null
                    ? null
                    : new Compared(instrument, baseline);
        }
    }

    /** An instrument, and the baseline that its scores are compared with. */
    record Compared(Instrument instrument, Baseline baseline) {}
}
