package care.outcomes.streams.timeline;

import care.outcomes.schemas.record.PatientFactKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a patient beside visits, doses and scores.
 *
 * @param all events in order
 */
public record PatientEvents(List<PatientEvent> all) {

    /**
     * Days on which consent to share de-identified results was withdrawn and given again, in turn, epoch days, ascending;
     * empty while it was never withdrawn. What holds at the end of a day counts for the day.
     */
    public List<Integer> consentSteps() {
        List<Integer> steps = new ArrayList<>();
        for (PatientEvent event : all) {
            boolean withdrawn = steps.size() % 2 == 1;
            boolean withdraws = event.withdrawsConsent();
            if (event.event() != PatientFactKind.CONSENT || withdrawn == withdraws) {
                continue;
            }
            if (!steps.isEmpty() && steps.get(steps.size() - 1) == event.day()) {
                steps.remove(steps.size() - 1);
            } else {
                steps.add(event.day());
            }
        }
        return List.copyOf(steps);
    }

    /**
     * The clinic the patient was last transferred to; null where never.
     *
     * @param until last instant that counts, epoch milliseconds
     */
    public @Nullable String transferredTo(long until) {
        String clinic = null;
        for (PatientEvent event : all) {
            if (event.event() == PatientFactKind.TRANSFER && event.stamp().at() <= until) {
                clinic = event.value();
            }
        }
        return clinic;
    }
}
