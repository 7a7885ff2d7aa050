package care.outcomes.streams.outcome;

import care.outcomes.schemas.record.Phase;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A treatment course as it stands at the horizon: patient × treatment × ordinal.
 *
 * @param clinicId clinic of record, that of the first dose
 * @param zone zone of that clinic
 * @param treatment catalogue id
 * @param ordinal number among the patient's courses of the treatment, from 1
 * @param firstDose fact id of the first dose
 * @param openedOn day of the first dose, epoch day
 * @param openedAt instant of the first dose, epoch milliseconds; null where only the day is known
 * @param closing its end; null while open
 * @param leftTruncated whether it began before its first known dose
 * @param doses effective doses
 * @param phase induction or maintenance
 * @param concurrent treatments of courses that run beside it, sorted
 * @param contacts days with contact, ascending
 * @param lastInductionDose day of the last induction dose, epoch day; null until induction is over at the horizon
 * @param diedOn day of death, epoch day; null while alive
 * @param priorTrials adequate trials that had failed before the course, by the last visit up to its opening day that
 *     tells them; null: not told
 * @param consentSteps days on which the patient withdrew consent to share de-identified results and gave it again, in
 *     turn, epoch days, ascending; empty: never withdrawn
 * @param currentClinic clinic the patient was last transferred to, which sees the alerts too; null where never. The
 *     course stays with the clinic of record
 */
public record Course(
        String clinicId,
        String zone,
        String treatment,
        int ordinal,
        String firstDose,
        int openedOn,
        @Nullable Long openedAt,
        @Nullable Closing closing,
        boolean leftTruncated,
        int doses,
        Phase phase,
        List<String> concurrent,
        List<Integer> contacts,
        @Nullable Integer lastInductionDose,
        @Nullable Integer diedOn,
        @Nullable Integer priorTrials,
        List<Integer> consentSteps,
        @Nullable String currentClinic) {

    /** Order in which courses began: day, time (without one first in the day), fact id of the first dose. */
    public static final Comparator<Course> BEGUN = Comparator.comparingInt(Course::openedOn)
            .thenComparing(Course::openedAt, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Course::firstDose);
}
