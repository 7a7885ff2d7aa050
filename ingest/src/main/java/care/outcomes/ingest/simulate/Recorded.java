package care.outcomes.ingest.simulate;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a patient is true in the end, whatever was mistyped, withdrawn, repeated or sent late on the way. */
final class Recorded {

    /**
     * A dose that was given.
     *
     * @param minutes how long the patient was observed; null: not watched
     */
    record Given(LocalDateTime time, @Nullable Integer minutes) {}

    /**
     * An assessment.
     *
     * @param beforeDose whether it was marked as taken before the dose of its day
     * @param suicide answer to the suicide item; null: not told
     */
    record Scored(
            LocalDateTime time,
            String instrument,
            int total,
            boolean beforeDose,
            @Nullable Integer suicide) {}

    final List<Given> doses = new ArrayList<>();
    final List<Scored> scores = new ArrayList<>();
    /** Rows sent that nobody can use. */
    int garbled;

    /** Number of the last dose before an assessment, from 1; 0: before all. */
    int dosesBefore(Scored score) {
        return (int) doses.stream().filter(dose -> comesBefore(dose, score)).count();
    }

    private static boolean comesBefore(Given dose, Scored score) {
        boolean sameDay = dose.time().toLocalDate().equals(score.time().toLocalDate());
        return dose.time().isBefore(score.time()) && !(sameDay && score.beforeDose());
    }
}
