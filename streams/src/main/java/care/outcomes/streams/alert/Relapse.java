package care.outcomes.streams.alert;

import care.outcomes.schemas.record.CourseStatus;
import care.outcomes.streams.alert.Setting.Compared;
import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.outcome.Step;
import care.outcomes.streams.timeline.PatientEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Relapse after response or remission, by the instrument's criterion or by admission to hospital; after recovery it is
 * recurrence (domain.md §1.1). It ends with response.
 */
final class Relapse extends ScoreRule<Relapse.Memory> {

    Relapse(Use use, Compared compared) {
        super(use, compared, new Memory(false, false, null));
    }

    /** Whether there is something to relapse from, whether it has been, and the last score. */
    record Memory(
            boolean improved, boolean relapsed, @Nullable FollowUp last) {}

    @Override
    void see(FollowUp score) {
        boolean relapsed = score.relapsed();
        if (relapsed && !memory.relapsed) {
            FollowUp last = memory.last;
            List<FollowUp> shown = last == null ? List.of(score) : List.of(last, score);
            boolean recurred = score.progress().recurred();
            arise(on(score, score.factId(), null, shown, Map.of("class", name(recurred))));
        } else if (!relapsed && stands()) {
            end(score.at(), "RESPONSE");
        }
        boolean improved = score.status() == CourseStatus.RESPONSE || score.remission();
        memory = new Memory(memory.improved || improved, relapsed, score);
    }

    @Override
    void admitted(Step.Admitted step) {
        FollowUp last = memory.last;
        if (!memory.improved || memory.relapsed || last == null) {
            return;
        }
        memory = new Memory(true, true, last);
        PatientEvent event = step.event();
        List<Evidence> evidence = new ArrayList<>(evidence(List.of(last)));
        evidence.add(new Evidence(event.factId(), "ADMISSION", event.day(), null));
        arise(ground(
                on(last),
                use.setting().firstDose(),
                event.day(),
                event.stamp().at(),
                event.factId(),
                null,
                Map.of("class", name(last.progress().recovered())),
                Map.of(),
                evidence));
    }

    private static String name(boolean recurred) {
        return recurred ? "recurrence" : "relapse";
    }
}
