package care.outcomes.streams.alert;

import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.Step;
import java.util.List;
import java.util.Map;

/**
 * Milligrams are told and the body weight is not, or too old: the dose per kilogram is unknown, never zero (domain.md
 * §3.2). One ground from the first such dose to the next whose weight is known.
 */
final class DosePerKgUnknown extends CourseRule<Weight> {

    private final int weightDays;

    DosePerKgUnknown(Use use) {
        super(use, null, Weight.UNKNOWN);
        this.weightDays = whole("weightDays");
    }

    @Override
    Closing closing() {
        return Closing.ENDS;
    }

    @Override
    void given(Step.Given step) {
        memory = memory.at(step.dose());
        Double perKg = memory.perKg(step.dose(), weightDays);
        Double mg = step.dose().session().mg();
        if (stands() && perKg != null) {
            end(step.at(), "WEIGHED");
        } else if (!stands() && mg != null && perKg == null) {
            arise(ground(
                    step.day(),
                    step.at(),
                    step.dose().factId(),
                    null,
                    Map.of("dose", step.number(), "value", mg, "days", weightDays),
                    List.of(of(step.dose()))));
        }
    }
}
