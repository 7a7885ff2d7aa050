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
final class AtCap extends ScoreRule<AtCap.Memory> {

    private final Amounts amounts;
    private final int weightDays;
    private final double responsePercent;
    private final double doses;

    AtCap(Use use, Compared compared, Amounts amounts) {
        super(use, compared, new Memory(Weight.UNKNOWN, 0));
        this.amounts = amounts;
        this.weightDays = whole("weightDays");
        this.responsePercent = number("responsePercent");
        this.doses = number("doses");
    }

    /** The last body weight, and doses at the cap in a row. */
    record Memory(Weight weight, int consecutive) {}

    @Override
    void given(Step.Given step) {
        Weight weight = memory.weight.at(step.dose());
        int consecutive = capped(step.dose(), weight) ? memory.consecutive + 1 : 0;
        if (consecutive != memory.consecutive || !weight.equals(memory.weight)) {
            memory = new Memory(weight, consecutive);
        }
        if (consecutive == 0 && stands()) {
            end(step.at(), "DOSE_CHANGED");
        }
    }

    @Override
    void see(FollowUp score) {
        boolean response = fell(score, responsePercent);
        if (stands() && response) {
            end(score.at(), "RESPONSE");
        } else if (!stands() && !response && memory.consecutive >= doses) {
            arise(on(score, score.factId(), null, List.of(score), Map.of("count", memory.consecutive)));
        }
    }

    private boolean capped(Dose dose, Weight weight) {
        Double perKg = weight.perKg(dose, weightDays);
        Double mg = dose.session().mg();
        return (amounts.capMg() != null && mg != null && mg >= amounts.capMg())
                || (amounts.capPerKg() != null && perKg != null && perKg >= amounts.capPerKg());
    }
}
