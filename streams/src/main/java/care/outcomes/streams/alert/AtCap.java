package care.outcomes.streams.alert;

import care.outcomes.schemas.Treatment.Amounts;
import care.outcomes.streams.alert.Setting.Compared;
import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.outcome.Step;
import care.outcomes.streams.timeline.Dose;
import java.util.List;
import java.util.Map;

/**
 * The dose is at its cap and the patient does not respond (domain.md §3.2): a score without response after so many
 * consecutive doses at the treatment's cap. It ends with response or with a dose below the cap.
 */
final class AtCap extends ScoreRule {

    private final Amounts amounts;
    private final Weighing weighing;
    private int consecutive;

    AtCap(Use use, Compared compared, Amounts amounts) {
        super(use, compared);
        this.amounts = amounts;
        this.weighing = new Weighing(whole("weightDays"));
    }

    @Override
    void given(Step.Given step) {
        consecutive = capped(step.dose()) ? consecutive + 1 : 0;
        if (consecutive == 0 && stands()) {
            end(step.at(), "DOSE_CHANGED");
        }
    }

    @Override
    void see(FollowUp score) {
        boolean response = fell(score, number("responsePercent"));
        if (stands() && response) {
            end(score.at(), "RESPONSE");
        } else if (!stands() && !response && consecutive >= number("doses")) {
            arise(on(score, score.factId(), null, List.of(score), Map.of("count", consecutive)));
        }
    }

    private boolean capped(Dose dose) {
        Double perKg = weighing.perKg(dose);
        Double mg = dose.session().mg();
        return (amounts.capMg() != null && mg != null && mg >= amounts.capMg())
                || (amounts.capPerKg() != null && perKg != null && perKg >= amounts.capPerKg());
    }
}
