package care.outcomes.streams.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.streams.Derivation;
import care.outcomes.streams.history.History;
import care.outcomes.streams.timeline.Timeline;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Facts may arrive in any order and more than once: what follows from them is the same. */
class PermutationTest {

    private static final int HISTORIES = 500;
    private static final int ORDERS = 4;

    @Test
    void orderAndRepeatsOfArrivalDecideNothing() {
        Drawn.some(1, HISTORIES).forEach(history -> {
            Map<String, Derivation> inOrder = derive(history, KernelReading.timelines(history.versions()));
            for (long order = 1; order <= ORDERS; order++) {
                assertThat(derive(history, KernelReading.timelines(history.arrivals(order))))
                        .as("arrivals(%d) of %s", order, history.toText())
                        .isEqualTo(inOrder);
            }
        });
    }

    private static Map<String, Derivation> derive(History history, Map<String, Timeline> timelines) {
        Map<String, Derivation> derived = new TreeMap<>();
        timelines.forEach((patientKey, timeline) -> derived.put(
                patientKey,
                KernelReading.KERNEL.derive(
                        patientKey,
                        timeline.facts(KernelReading.endOf((int) history.asOf().toEpochDay())),
                        KernelReading.endOf((int) history.asOf().toEpochDay()))));
        return derived;
    }
}
