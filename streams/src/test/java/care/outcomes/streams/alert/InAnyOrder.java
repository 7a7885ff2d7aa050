package care.outcomes.streams.alert;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.streams.Kernel;
import care.outcomes.streams.Patient;
import care.outcomes.streams.PatientFacts;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Horizon;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Alerts of a patient, which are the same in whatever order the facts came. */
final class InAnyOrder {

    private static final int ORDERS = 3;

    private InAnyOrder() {}

    /** The alerts of a rule at the end of a day. */
    static List<Alert> alerts(PatientFacts facts, int day, String rule) {
        return alerts(PatientFacts.KERNEL, facts, day, rule);
    }

    static List<Alert> alerts(Kernel kernel, PatientFacts facts, int day, String rule) {
        Horizon horizon = PatientFacts.horizon(day);
        List<Alert> all = kernel.derive(PatientFacts.KEY, facts.list(), horizon).alerts();
        for (int order = 1; order <= ORDERS; order++) {
            List<Fact> shuffled = new ArrayList<>(facts.list());
            Collections.shuffle(shuffled, new Random(order));
            Patient patient = kernel.patient(PatientFacts.KEY, List.of());
            List<Alert> carried = List.of();
            for (Fact fact : shuffled) {
                patient.fold(fact);
                carried = patient.derive(horizon).alerts();
            }
            assertThat(carried).isEqualTo(facts.list().isEmpty() ? List.of() : all);
        }
        return all.stream().filter(alert -> alert.rule().equals(rule)).toList();
    }

    /** Why each alert of a rule ended, in the order they opened; OPEN where it stands. */
    static List<String> ends(PatientFacts facts, int day, String rule) {
        return alerts(facts, day, rule).stream()
                .sorted(Comparator.comparingLong(Alert::openedAt))
                .map(alert -> alert.endReason() == null ? "OPEN" : alert.endReason())
                .toList();
    }

    static boolean stands(PatientFacts facts, int day, String rule) {
        return alerts(facts, day, rule).stream().anyMatch(Alert::open);
    }
}
